/// A system call that the backends of one family make, or those of all.
struct FamilyCall {
  /// What the record of system calls names it.
  var name: String
  /// The bench of the family; any bench if all make the call.
  var bench = BenchOptions()

  /// Calls that opening makes.
  static let opening: [FamilyCall] =
    [FamilyCall(name: "open"), FamilyCall(name: "watch")]
    + of("tap", Opening.tapCalls) + of("netmap", ["NIOCREGIF", "mmap"])
    + of("vale", ["PORT_HDR_GET", "PORT_HDR_SET"])
    + of("xen", ["xs_read", "xs_transaction_start", "xs_write", "xs_transaction_end", "xs_watch"])

  /// Calls that setting features and a header may make.
  static let setting: [FamilyCall] =
    of("tap", ["TUNSETVNETHDRSZ", "TUNSETOFFLOAD"]) + of("vale", ["PORT_HDR_SET"])

  /// Calls that asking for features may make.
  static let offering: [FamilyCall] =
    of("tap", ["TUNSETVNETHDRSZ", "TUNSETOFFLOAD", "TUNGETFEATURES"])
    + of("vale", ["PORT_HDR_GET", "PORT_HDR_SET"])

  /// The call that hands a frame to the device.
  static let sending = of("tap", ["writev"]) + of("netmap", ["NIOCTXSYNC"])

  /// The call that asks the device for a frame.
  static let receiving = of("tap", ["readv"]) + of("netmap", ["NIOCRXSYNC"])

  private static func of(_ family: String, _ names: [String]) -> [FamilyCall] {
    names.map { FamilyCall(name: $0, bench: BenchOptions(families: [family])) }
  }
}

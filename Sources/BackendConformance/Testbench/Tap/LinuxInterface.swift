internal import CLinux
internal import Glibc

/// Making, changing and deleting network interfaces of the running kernel.
enum LinuxInterface {
  /// The largest MTU of a tap.
  private static let largestMTU: Int32 = 65_521

  static func exists(_ name: String) -> Bool { unsafe if_nametoindex(name) != 0 }

  /// The MTU in bytes; the usual one if it cannot be told.
  static func mtu(of name: String) -> Int {
    let mtu = try? onSocket("SIOCGIFMTU", name) { unsafe clinux_interface_mtu($0, name) }
    return mtu.map(Int.init) ?? 1500
  }

  /// Makes a persistent interface with the largest MTU, and takes it up.
  static func create(_ name: String, flags: Int32) throws(BenchError) {
    try attached(name, flags: flags) { clinux_tun_set_persistent($0, 1) }
    // Where addresses are configured by themselves, the kernel would send frames of its own.
    _ = unsafe clinux_disable_ipv6(name)
    _ = try onSocket("SIOCSIFMTU", name) { unsafe clinux_set_interface_mtu($0, name, largestMTU) }
    try setUp(true, name)
  }

  /// Attaches to the interface for as long as `body` takes.
  static func attached(
    _ name: String,
    flags: Int32,
    _ body: (Int32) -> Int32
  ) throws(BenchError) {
    let descriptor = try check(clinux_tun_open(), "open /dev/net/tun", name)
    defer { _ = clinux_close(descriptor) }
    var actual = [CChar](repeating: 0, count: Int(CLINUX_NAME_SIZE))
    let result = unsafe actual.withUnsafeMutableBufferPointer { buffer in
      // There is room for a name, and the call writes no more.
      unsafe clinux_tun_attach(descriptor, name, flags, buffer.baseAddress.unsafelyUnwrapped)
    }
    try check(result, "TUNSETIFF", name)
    try check(body(descriptor), "configure", name)
  }

  static func isUp(_ name: String) throws(BenchError) -> Bool {
    let flags = try onSocket("SIOCGIFFLAGS", name) { unsafe clinux_interface_flags($0, name) }
    return flags & CLINUX_IFF_UP != 0
  }

  static func setUp(_ up: Bool, _ name: String) throws(BenchError) {
    let flags = try onSocket("SIOCGIFFLAGS", name) { unsafe clinux_interface_flags($0, name) }
    let wanted = up ? flags | CLINUX_IFF_UP : flags & ~CLINUX_IFF_UP
    guard wanted != flags else { return }
    _ = try onSocket("SIOCSIFFLAGS", name) { unsafe clinux_set_interface_flags($0, name, wanted) }
  }

  /// Waits until frames that are put on an interface reach the tap that was just attached to it.
  ///
  /// Attaching turns the carrier on, and the kernel's link watcher then replaces the queue that drops
  /// everything. It does so holding the lock that setting an MTU takes, after the interface counts as
  /// running.
  static func settle(_ name: String, milliseconds: Int = 1000) throws(BenchError) {
    let end = MonotonicClock.now + UInt64(milliseconds) * 1_000_000
    while try !isRunning(name), MonotonicClock.now < end { sched_yield() }
    let mtu = try onSocket("SIOCGIFMTU", name) { unsafe clinux_interface_mtu($0, name) }
    _ = try onSocket("SIOCSIFMTU", name) { unsafe clinux_set_interface_mtu($0, name, mtu) }
  }

  /// Waits until no descriptor is attached to a tap any more.
  ///
  /// One that was closed lives on for a moment in a child that another thread is about to start: it is
  /// gone for good when the child runs its own program. Who still holds it in the end keeps the next
  /// one from opening it, and the kernel says so.
  static func awaitRelease(_ name: String, milliseconds: Int = 5000) throws(BenchError) {
    let end = MonotonicClock.now + UInt64(milliseconds) * 1_000_000
    while try hasCarrier(name), MonotonicClock.now < end { sched_yield() }
  }

  private static func hasCarrier(_ name: String) throws(BenchError) -> Bool {
    try onSocket("ETHTOOL_GLINK", name) { unsafe clinux_interface_carrier($0, name) } != 0
  }

  private static func isRunning(_ name: String) throws(BenchError) -> Bool {
    let flags = try onSocket("SIOCGIFFLAGS", name) { unsafe clinux_interface_flags($0, name) }
    // An interface that is down never runs.
    return flags & CLINUX_IFF_UP == 0 || flags & CLINUX_IFF_RUNNING != 0
  }

  static func remove(_ name: String) throws(BenchError) {
    try check(unsafe clinux_remove_interface(name), "delete", name)
  }

  private static func onSocket(
    _ call: String,
    _ name: String,
    _ body: (Int32) -> Int32
  ) throws(BenchError) -> Int32 {
    let socket = try check(clinux_interface_socket(), "socket", name)
    defer { _ = clinux_close(socket) }
    return try check(body(socket), call, name)
  }

  @discardableResult
  static func check(
    _ result: Int32,
    _ call: String,
    _ name: String
  ) throws(BenchError) -> Int32 {
    guard result < 0 else { return result }
    let reason = unsafe String(cString: strerror(-result))
    if -result == EPERM || -result == EACCES { throw .notPermitted("\(name): \(call): \(reason)") }
    if [ENOENT, ENODEV, EBUSY].contains(-result) {
      throw .unavailable("\(name): \(call): \(reason)")
    }
    throw .failed("\(name): \(call): \(reason)")
  }
}

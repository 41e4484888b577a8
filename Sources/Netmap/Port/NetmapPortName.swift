public import NetBackend

/// The name of a netmap port as users write it: `netmap:eth0`, or `vale0:1` for a port of a switch.
///
/// ```
/// name   = "netmap:" interface [ring | pipe] more | "vale" word ":" word [ring | pipe] more
/// ring   = "-" number | "^" | "*"        one pair, the host's rings, the card's and the host's
/// pipe   = "{" number | "}" number       the master's end, the slave's end
/// more   = ["/" flag+] ["@" number ["/" flag+]]
/// flag   = "x" | "z" | "t" | "r" | "R" | "T"
/// ```
///
/// A word has letters, digits and underscores; a number has digits. Nothing is ever cut off: what
/// comes before ring, pipe and more, has at most 15 bytes, of which `vale0:` are six.
///
/// Source: netmap_user.h, `nm_parse`; vale(4).
public struct NetmapPortName: Equatable, Sendable {
  /// What a descriptor is to be bound to for it.
  public var registration: NetmapRegistration
  /// Whether it is a port of a switch, whose vnet header can be set; the pipes of one are not.
  public var isSwitchPort: Bool
  /// Whether it is the end of a pipe.
  public var isPipe: Bool { port.contains { $0 == "{" || $0 == "}" } }
  /// The port as the kernel knows it: `eth0`, `vale0:1`, or `eth0{1` for the end of a pipe.
  public var port: String { registration.port }

  /// Takes a name apart.
  ///
  /// - Throws: ``NetBackend/BackendError/Reason-swift.enum/invalidName``.
  public init(_ name: String) throws(BackendError) {
    var text = NetmapNameText(name)
    let isVale = name.hasPrefix("vale")
    let base = isVale ? try text.takeSwitchPort() : try text.takeInterface()
    registration = NetmapRegistration(port: base)
    try text.takeRings(into: &registration)
    try text.takeFlags(into: &registration)
    if try text.takeMemoryID(into: &registration) { try text.takeFlags(into: &registration) }
    guard text.isEmpty else { throw text.refusal }
    isSwitchPort = isVale && registration.port == base
  }
}

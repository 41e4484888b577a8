extension TapCall.Name: CustomStringConvertible {
  /// The call as C spells it.
  public var description: String {
    switch self {
    case .open: "open"
    case .getFeatures: "TUNGETFEATURES"
    case .setInterface: "TUNSETIFF"
    case .getInterface: "TUNGETIFF"
    case .setHeaderLength: "TUNSETVNETHDRSZ"
    case .setOffloads: "TUNSETOFFLOAD"
    case .setNonBlocking: "F_SETFL"
    case .setCloseOnExec: "F_SETFD"
    case .getFlags: "F_GETFL"
    case .socket: "socket"
    case .getInterfaceFlags: "SIOCGIFFLAGS"
    case .setInterfaceFlags: "SIOCSIFFLAGS"
    case .write: "writev"
    case .read: "readv"
    case .close: "close"
    }
  }

  /// The call that C spells so, such as `writev`.
  public init?(_ word: String) {
    guard let name = Self.allCases.first(where: { $0.description == word }) else { return nil }
    self = name
  }
}

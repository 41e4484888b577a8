internal import BackendConformance
internal import CLinux
internal import Glibc
internal import NetBackend

/// The interface of a real backend: one that exists and is used in place, or one of the run's own.
enum DeviceInterface {
  /// Where an interface is found or made.
  enum Place: Sendable, CustomStringConvertible {
    /// It exists, and is left as it was found.
    case here
    /// It is made in a network namespace of the run's own.
    case privateNetwork

    var description: String {
      switch self {
      case .here: "exists and is used in place"
      case .privateNetwork: "lives in a network namespace of this run's own"
      }
    }
  }

  /// Goes where an interface lives, and notes where that is.
  ///
  /// For one of the run's own the process executes itself again, inside a network of its own, and
  /// this does not return.
  static func enter(_ name: InterfaceName) throws(CommandFailure) -> Place {
    let place = try place(of: name)
    try TunDevice.check()
    if place == .privateNetwork && !PrivateNetwork.isEntered { try PrivateNetwork.reexecute() }
    StandardError.note("\(name) \(place)")
    return place
  }

  /// Where an interface would be found or made; fails if the name is that of something else.
  static func place(of name: InterfaceName) throws(CommandFailure) -> Place {
    switch try kind(of: name) {
    case .tap: return .here
    case .absent: return .privateNetwork
    case .other(let what):
      throw CommandFailure(
        .unavailable,
        "\(name) is \(what), not a tap; name a tap, or a name that no interface has"
      )
    }
  }

  private enum Kind {
    case absent
    case tap
    case other(String)
  }

  private static func kind(of name: InterfaceName) throws(CommandFailure) -> Kind {
    let socket = clinux_interface_socket()
    guard socket >= 0 else {
      throw CommandFailure(.unavailable, "this system has no sockets (errno \(-socket))")
    }
    defer { clinux_close(socket) }
    // SAFETY: the name is lent for the length of the call.
    switch unsafe clinux_interface_kind(socket, name.description) {
    case CLINUX_IFF_TAP: return .tap
    case CLINUX_IFF_TUN: return .other("a tun, which carries no Ethernet header")
    case -ENODEV: return .absent
    default: return .other("an interface of another kind")
    }
  }
}

internal import BackendConformance
internal import CLinux
internal import Glibc
internal import NetBackend

/// The interface of a tap backend.
struct HostTap: HostDevice {
  let name: InterfaceName

  var description: String { name.description }

  var driver: HealthCheck { HealthCheck(TunDevice.path, look: TunDevice.inspect) }

  func place() throws(CommandFailure) -> DevicePlace {
    switch try kind() {
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

  private func kind() throws(CommandFailure) -> Kind {
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

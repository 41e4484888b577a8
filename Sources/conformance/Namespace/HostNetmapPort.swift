internal import CLinux
internal import Netmap

/// The port of a netmap backend: an interface, one of a switch, or the end of a pipe.
struct HostNetmapPort: HostDevice {
  let name: NetmapPortName

  var description: String { name.port }

  var driver: HealthCheck { HealthCheck(NetmapDevice.path, look: NetmapDevice.inspect) }

  func place() throws(CommandFailure) -> DevicePlace {
    // A switch has no other name than its ports', so that nothing tells which are there; a network
    // of its own has switches of its own.
    guard !name.port.hasPrefix("vale") else { return .privateNetwork }
    let interface = String(name.port.prefix { $0 != "{" && $0 != "}" })
    // SAFETY: the name is lent for the length of the call.
    return unsafe clinux_interface_index(interface) > 0 ? .here : .privateNetwork
  }
}

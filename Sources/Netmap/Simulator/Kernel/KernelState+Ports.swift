internal import SystemPackage

extension KernelState {
  /// The port of a name; one of a switch or a pipe that does not exist is made.
  ///
  /// Source: netmap.c, `netmap_get_na`.
  mutating func adapter(for request: NetmapRegistration) throws(Errno) -> KernelAdapter {
    guard request.port.utf8.count < 64 else { throw .invalidArgument }
    if let pipe = try PipeName(request) { return try pipeEnd(pipe, request) }
    if let adapter = adapters[request.port] { return adapter }
    guard request.port.hasPrefix("vale") else { throw .noSuchAddressOrDevice }
    return try addSwitchPort(request.port, request.geometry)
  }

  /// Adds a port to a switch, which is made if it does not exist.
  ///
  /// Source: netmap_bdg.c, `netmap_get_bdg_na`.
  mutating func addSwitchPort(
    _ name: String,
    _ geometry: NetmapGeometry
  ) throws(Errno) -> ValePort {
    let (switchName, portName) = try Self.parts(of: name)
    guard adapters[portName] == nil else { throw .notSupported }
    let port = ValePort(name, switchGeometry(geometry), notifier)
    let valeSwitch = switches[switchName] ?? ValeSwitch(switchName, forwarding)
    guard switches[switchName] != nil || switches.count < ValeSwitch.limit else {
      throw .noMemory
    }
    try valeSwitch.attach(port)
    switches[switchName] = valeSwitch
    adapters[name] = port
    return port
  }

  /// What a port of a switch has.
  ///
  /// Source: netmap_vale.c, `netmap_vale_vp_create`.
  func switchGeometry(_ request: NetmapGeometry) -> NetmapGeometry {
    var geometry = NetmapGeometry()
    geometry.transmitSlots = request.transmitSlots.bounded(usual: 1024, 1, slotLimit)
    geometry.receiveSlots = request.receiveSlots.bounded(usual: 1024, 1, slotLimit)
    let rings = ForwardingTable.rings
    geometry.transmitRings = request.transmitRings.bounded(usual: 1, 1, rings)
    geometry.receiveRings = request.receiveRings.bounded(usual: 1, 1, rings)
    geometry.extraBuffers = request.extraBuffers.bounded(usual: 0, 0, 1 << 19)
    // Buffers fill whole cache lines.
    geometry.bufferSize = (bufferSize.bounded(usual: 64, 64, 65_536) + 63) & ~63
    return geometry
  }

  /// The names of the switch and of the port on it.
  ///
  /// - Throws: `ENOMEM` if it is no name, as the kernel has no switch to give then.
  ///
  /// Source: netmap_bdg.c, `nm_bdg_name_validate`.
  private static func parts(of name: String) throws(Errno) -> (switch: String, port: String) {
    let most = 16
    guard let colon = name.utf8.prefix(most).firstIndex(of: UInt8(ascii: ":")) else {
      throw .noMemory
    }
    let isNamed = name.utf8[..<colon].allSatisfy { (byte) in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isNamed, name.utf8[colon...].count <= most else { throw .noMemory }
    return (String(name[..<colon]), String(name[name.utf8.index(after: colon)...]))
  }

  /// Lets a port go to which nobody is bound any more.
  mutating func forget(_ adapter: KernelAdapter) {
    guard adapter.descriptors.isEmpty, adapter.pipes == 0 else { return }
    if let pipe = adapter as? PipeEnd { return forget(pipe) }
    if let port = adapter as? ValePort {
      if port.isPersistent { return }
      remove(port)
    }
    adapter.releaseMemory(&identifiers)
  }

  /// Takes a port off its switch; a switch without ports forgets what it learned.
  mutating func remove(_ port: ValePort) {
    adapters[port.name] = nil
    guard let valeSwitch = port.valeSwitch else { return }
    valeSwitch.detach(port)
    if valeSwitch.portCount == 0 { switches[valeSwitch.name] = nil }
  }
}

internal import NetBackend
internal import RingMemory
internal import SystemPackage

/// The steps of opening a netmap port; a failing step releases what the earlier ones acquired.
struct NetmapOpening<Port: NetmapPort> {
  /// A port that is ready and registered.
  struct Opened {
    var descriptor: Int32
    var portName: String
    var isSwitchPort: Bool
    var memory: SharedMemory
    var transmitRing: NetmapRing
    var receiveRings: [NetmapRing]
    var registration: any EventRegistration
  }

  let port: Port
  let request: OpenRequest

  /// Runs the steps.
  func open() throws(BackendError) -> Opened {
    let name = try NetmapPortName(request.name)
    guard request.descriptor == nil else {
      throw BackendError(.wrongDevice, call: "open", subject: request.name)
    }
    let descriptor = try call("open /dev/netmap") { () throws(Errno) in try port.open() }
    do {
      return try finish(descriptor, name)
    } catch {
      try? port.close(descriptor)
      throw error
    }
  }

  private func finish(
    _ descriptor: Int32,
    _ name: NetmapPortName
  ) throws(BackendError) -> Opened {
    var wanted = name.registration
    // A lasting port may have a header from an earlier owner, which is taken off below.
    wanted.flags.formUnion([.noTransmitPoll, .acceptsVnetHeader])
    let registered = try call("NIOCREGIF") { () throws(Errno) in
      try port.register(descriptor, wanted)
    }
    let memory = try call("mmap") { () throws(Errno) in
      try port.map(descriptor, size: registered.memorySize)
    }
    let (transmit, receive) = try rings(memory, at: registered.offset, of: wanted)
    if name.isSwitchPort { try resetHeader(descriptor, name.port) }
    let registration = try request.loop.watch(descriptor, onReadable: request.onReceive)
    return Opened(
      descriptor: descriptor,
      portName: name.port,
      isSwitchPort: name.isSwitchPort,
      memory: memory,
      transmitRing: transmit,
      receiveRings: receive,
      registration: registration
    )
  }

  /// The rings, if all of them can be used.
  private func rings(
    _ memory: SharedMemory,
    at offset: Int,
    of wanted: NetmapRegistration
  ) throws(BackendError) -> (NetmapRing, [NetmapRing]) {
    var interface: NetmapInterface
    do throws(NetmapLayoutError) {
      interface = try NetmapInterface(memory, at: offset)
    } catch { throw impossible(error.field, error.value) }
    if wanted.mode == .oneRing { interface = interface.only(ring: wanted.ring) }
    guard let transmit = interface.transmitRings.first else { throw impossible("ni_tx_rings", 0) }
    guard !interface.receiveRings.isEmpty else { throw impossible("ni_rx_rings", 0) }
    // Where frames may begin anywhere in a buffer, the slots would have to be read otherwise.
    for ring in interface.transmitRings + interface.receiveRings where ring.offsetMask != 0 {
      throw impossible("offset_mask", Int(truncatingIfNeeded: ring.offsetMask))
    }
    return (transmit, interface.receiveRings)
  }

  private func impossible(_ field: String, _ value: Int) -> BackendError {
    BackendError(
      .corruptRing(field: field, value: UInt64(bitPattern: Int64(value))),
      call: "open",
      subject: request.name
    )
  }

  /// Sets the header's length to 0, whatever an earlier owner of a lasting port left.
  private func resetHeader(_ descriptor: Int32, _ name: String) throws(BackendError) {
    let length = try call("PORT_HDR_GET") { () throws(Errno) in
      try port.headerLength(descriptor, of: name)
    }
    guard length != 0 else { return }
    try call("PORT_HDR_SET") { () throws(Errno) in
      try port.setHeaderLength(descriptor, of: name, to: 0)
    }
  }

  private func call<Result>(
    _ name: String,
    _ body: () throws(Errno) -> Result
  ) throws(BackendError) -> Result {
    do throws(Errno) { return try body() } catch {
      throw BackendError(
        .init(openingNetmap: error),
        call: name,
        subject: request.name,
        errno: error.rawValue
      )
    }
  }
}

extension BackendError.Reason {
  /// What it means that a netmap port cannot be opened.
  init(openingNetmap errno: Errno) {
    switch errno {
    case .resourceBusy: self = .busy
    case .permissionDenied, .notPermitted: self = .notPermitted
    case .noSuchFileOrDirectory, .noSuchAddressOrDevice, .operationNotSupportedByDevice, .noMemory:
      self = .unavailable
    default: self = .system
    }
  }
}

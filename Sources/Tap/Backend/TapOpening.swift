internal import NetBackend
internal import SystemPackage

/// The steps of opening a tap; a failing step releases what the earlier ones acquired.
struct TapOpening<Port: TapPort> {
  /// A tap that is ready and registered.
  struct Opened {
    var descriptor: Int32
    var interface: String
    var carriesHeader: Bool
    var offered: VirtioNetFeatures
    var registration: any EventRegistration
  }

  let port: Port
  let request: OpenRequest

  /// Runs the steps.
  func open() throws(BackendError) -> Opened {
    _ = try InterfaceName(request.name)
    if let supplied = request.descriptor { return try adopt(supplied) }
    let descriptor = try call("open /dev/net/tun") { () throws(Errno) in try port.openControl() }
    do {
      return try finish(descriptor, try attach(descriptor))
    } catch {
      try? port.close(descriptor)
      throw error
    }
  }

  private func attach(_ descriptor: Int32) throws(BackendError) -> TapAttachment {
    let known = try call("TUNGETFEATURES") { () throws(Errno) in
      try port.deviceFeatures(descriptor)
    }
    let flags: TapFlags = [.tap, .noProtocolInformation, known.intersection(.vnetHeader)]
    let name = try call("TUNSETIFF") { () throws(Errno) in
      try port.attach(descriptor, to: request.name, flags: flags)
    }
    return TapAttachment(name: name, flags: flags)
  }

  /// Takes over a descriptor that stays its owner's if this fails.
  private func adopt(_ descriptor: Int32) throws(BackendError) -> Opened {
    let attachment = try call("TUNGETIFF") { () throws(Errno) in
      try port.attachment(descriptor)
    }
    guard attachment.flags.isSuperset(of: [.tap, .noProtocolInformation]) else {
      throw BackendError(.wrongDevice, call: "TUNGETIFF", subject: attachment.name)
    }
    try call("F_SETFL") { () throws(Errno) in try port.setNonBlocking(descriptor) }
    try call("F_SETFD") { () throws(Errno) in try port.setCloseOnExec(descriptor) }
    return try finish(descriptor, attachment)
  }

  private func finish(
    _ descriptor: Int32,
    _ attachment: TapAttachment
  ) throws(BackendError) -> Opened {
    let carriesHeader = attachment.flags.contains(.vnetHeader)
    let offered = carriesHeader ? try resetHeader(descriptor) : []
    try bringUp(attachment.name)
    let registration = try request.loop.watch(descriptor, onReadable: request.onReceive)
    return Opened(
      descriptor: descriptor,
      interface: attachment.name,
      carriesHeader: carriesHeader,
      offered: offered,
      registration: registration
    )
  }
}

extension TapOpening {
  /// Offloads to try in turn, most first: kernels differ in which they know.
  private static var ladder: [TapOffloads] {
    [
      .all, .all.subtracting(.udpSegments), [.checksum, .tcp4, .tcp6, .congestionNotification],
      [.checksum, .tcp4, .tcp6], .checksum,
    ]
  }

  /// Sets the header and the offloads, whatever an earlier owner left, and finds what is offered.
  private func resetHeader(_ descriptor: Int32) throws(BackendError) -> VirtioNetFeatures {
    try call("TUNSETVNETHDRSZ") { () throws(Errno) in
      try port.setHeaderLength(descriptor, to: 10)
    }
    var taken: TapOffloads = []
    for offloads in Self.ladder where taken.isEmpty {
      if try takes(offloads, descriptor) { taken = offloads }
    }
    try call("TUNSETOFFLOAD") { () throws(Errno) in try port.setOffloads(descriptor, to: []) }
    return VirtioNetFeatures(offeredWith: taken)
  }

  private func takes(_ offloads: TapOffloads, _ descriptor: Int32) throws(BackendError) -> Bool {
    do throws(Errno) {
      try port.setOffloads(descriptor, to: offloads)
      return true
    } catch  where error == .invalidArgument {
      return false
    } catch {
      throw failure(error, of: "TUNSETOFFLOAD")
    }
  }

  private func bringUp(_ name: String) throws(BackendError) {
    let socket = try call("socket") { () throws(Errno) in try port.openSocket() }
    defer { try? port.close(socket) }
    let flags = try call("SIOCGIFFLAGS") { () throws(Errno) in
      try port.interfaceFlags(socket, of: name)
    }
    guard !flags.contains(.up) else { return }
    try call("SIOCSIFFLAGS") { () throws(Errno) in
      try port.setInterfaceFlags(socket, of: name, to: flags.union(.up))
    }
  }

  @discardableResult
  private func call<Result>(
    _ name: String,
    _ body: () throws(Errno) -> Result
  ) throws(BackendError) -> Result {
    do throws(Errno) { return try body() } catch { throw failure(error, of: name) }
  }

  private func failure(_ errno: Errno, of call: String) -> BackendError {
    BackendError(
      .init(opening: errno, call: call),
      call: call,
      subject: request.name,
      errno: errno.rawValue
    )
  }
}

public import RingMemory
public import SystemPackage

/// The device `/dev/netmap` of Linux, version 14 of its interface.
///
/// It is there when the kernel has netmap's module loaded, and by default only root may open it.
public struct LinuxNetmap<Calls: NetmapSystemCalls>: NetmapPort {
  private let calls: Calls

  /// Creates the port over the calls that something else carries out.
  public init(calls: Calls) { self.calls = calls }

  /// Opens the control device for reading and writing, non-blocking and close-on-exec.
  public func open() throws(Errno) -> Int32 { try calls.open() }

  /// Binds a descriptor to a port, which is created if it is one of a switch or a pipe.
  public func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    let body = try NetmapRegisterBody(request)
    let answer = try call(descriptor, .register, of: request.port, body.bytes)
    return try NetmapRegisterBody(answer).registered()
  }

  /// Maps the memory that a bound descriptor shares with the kernel.
  public func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    let calls = calls
    let base = try unsafe calls.map(descriptor, count: size)
    // The mapping has this one owner, so that nothing uses it once it is released.
    return unsafe SharedMemory(unsafeMapping: base, count: size) { base, count in
      unsafe try? calls.unmap(base, count: count)
    }
  }

  /// The length in bytes of the vnet header in front of the frames of a port.
  public func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int {
    let answer = try call(descriptor, .getPortHeader, of: port, body(of: .getPortHeader))
    return Int(answer.number(at: 0, as: UInt32.self))
  }

  /// Sets the length in bytes of the vnet header in front of the frames of a port.
  public func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno) {
    guard let length = UInt32(exactly: length) else { throw .invalidArgument }
    var body = body(of: .setPortHeader)
    body.put(length, at: 0)
    _ = try call(descriptor, .setPortHeader, of: port, body)
  }

  /// What the kernel says of a port, to which nothing is bound; of the memory that ports share unless
  /// they ask for their own if the name is empty.
  ///
  /// Source: `NETMAP_REQ_PORT_INFO_GET`.
  public func information(
    _ descriptor: Int32,
    of port: String
  ) throws(Errno) -> NetmapPortInfo {
    NetmapPortInfo(try call(descriptor, .portInfo, of: port, body(of: .portInfo)))
  }

  /// Hands slots to send to the kernel.
  public func syncTransmit(_ descriptor: Int32) throws(Errno) {
    try unsafe calls.control(descriptor, NetmapControl.syncTransmit, nil)
  }

  /// Takes received slots from the kernel.
  public func syncReceive(_ descriptor: Int32) throws(Errno) {
    try unsafe calls.control(descriptor, NetmapControl.syncReceive, nil)
  }

  /// Closes a descriptor.
  public func close(_ descriptor: Int32) throws(Errno) { try calls.close(descriptor) }

  private func body(of type: NetmapRequestType) -> NetmapBytes { NetmapBytes(count: type.bodySize) }

  /// Makes a request; returns its body as the kernel left it.
  private func call(
    _ descriptor: Int32,
    _ type: NetmapRequestType,
    of port: String,
    _ body: NetmapBytes
  ) throws(Errno) -> NetmapBytes {
    var header = try NetmapRequestHeader(type, of: port)
    var body = body
    try unsafe body.lend { room throws(Errno) in
      // The kernel reads and writes the body where it lies, which is here until this closure ends.
      header.body = UInt64(UInt(bitPattern: room.baseAddress))
      var bytes = header.bytes
      try unsafe bytes.lend { header throws(Errno) in
        try unsafe calls.control(descriptor, NetmapControl.control, header)
      }
    }
    return body
  }
}

extension LinuxNetmap where Calls == LinuxNetmapSystemCalls {
  /// Creates the port; it holds nothing.
  public init() { self.init(calls: LinuxNetmapSystemCalls()) }
}

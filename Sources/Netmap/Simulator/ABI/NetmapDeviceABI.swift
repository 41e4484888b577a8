internal import RingMemory
internal import Synchronization
public import SystemPackage

/// The kernel's side of ``NetmapSystemCalls``: it takes the bytes that a program passes apart, as
/// netmap's module does, and hands what they say to a port.
///
/// With it ``LinuxNetmap`` runs over a simulated kernel, its real code included.
///
/// Source: netmap.c, `netmap_ioctl`; netmap_linux.c, `linux_netmap_mmap`.
public final class NetmapDeviceABI<Port: NetmapPort>: NetmapSystemCalls {
  private let port: Port
  /// What is mapped, by address; the same memory may be mapped more than once.
  private let mappings = Mutex<[UInt: [SharedMemory]]>([:])
  private let readiness: @Sendable (Int32, Int16) -> Int16

  /// Creates the kernel's side over a port.
  ///
  /// - Parameter readiness: The events of a descriptor that are there, of those asked for; told
  ///   without waiting, as the port's clock does not go on by itself.
  public init(_ port: Port, readiness: @escaping @Sendable (Int32, Int16) -> Int16 = { _, _ in 0 })
  {
    self.port = port
    self.readiness = readiness
  }

  /// The number of mappings that were not given back.
  public var mappingCount: Int { mappings.withLock { $0.values.reduce(0) { $0 + $1.count } } }

  /// Opens the device.
  public func open() throws(Errno) -> Int32 { try port.open() }

  /// Makes a request.
  public func control(
    _ descriptor: Int32,
    _ request: UInt32,
    _ argument: UnsafeMutableRawBufferPointer?
  ) throws(Errno) {
    switch request {
    case NetmapControl.syncTransmit: try port.syncTransmit(descriptor)
    case NetmapControl.syncReceive: try port.syncReceive(descriptor)
    case NetmapControl.control:
      guard let argument = unsafe argument, argument.count == NetmapRequestHeader.size else {
        throw .badAddress
      }
      // The caller lends the header for the length of the call.
      try carryOut(
        NetmapRequestHeader(unsafe NetmapBytes(UnsafeRawBufferPointer(argument))),
        on: descriptor
      )
    // As of a request that the module does not know.
    default: throw .notSupportedOnSocket
    }
  }

  /// Maps memory of the port's.
  public func map(_ descriptor: Int32, count: Int) throws(Errno) -> UnsafeMutableRawPointer {
    let memory = try port.map(descriptor, size: count)
    let address = unsafe UInt(bitPattern: memory.base)
    mappings.withLock { $0[address, default: []].append(memory) }
    return unsafe memory.base
  }

  /// Gives back what was mapped.
  public func unmap(_ base: UnsafeMutableRawPointer, count: Int) throws(Errno) {
    let address = UInt(bitPattern: base)
    // Released outside of the lock, as that may run code of the port's.
    let memory = mappings.withLock { $0[address]?.popLast() }
    guard memory != nil else { throw .invalidArgument }
  }

  /// The events that are there; nothing is waited for.
  public func poll(
    _ descriptor: Int32,
    for events: Int16,
    milliseconds: Int32
  ) throws(Errno) -> Int16 {
    readiness(descriptor, events)
  }

  /// Closes a descriptor.
  public func close(_ descriptor: Int32) throws(Errno) { try port.close(descriptor) }

  private func carryOut(
    _ header: NetmapRequestHeader,
    on descriptor: Int32
  ) throws(Errno) {
    guard (14...15).contains(header.version),
      let type = NetmapRequestType(rawValue: header.type)
    else { throw .invalidArgument }
    try NetmapOptionHeader.refuseAll(from: header.options)
    // The address of the body is one of the program's, as the kernel finds it; the program keeps
    // the body, of the length that belongs to the type, for the length of the call.
    guard let start = unsafe UnsafeMutableRawPointer(bitPattern: UInt(header.body)) else {
      throw .invalidArgument
    }
    let room = unsafe UnsafeMutableRawBufferPointer(start: start, count: type.bodySize)
    var body = unsafe NetmapBytes(UnsafeRawBufferPointer(room))
    try answer(type, of: header.name, on: descriptor, &body)
    unsafe room.copyBytes(from: body.bytes)
  }

  private func answer(
    _ type: NetmapRequestType,
    of name: String,
    on descriptor: Int32,
    _ body: inout NetmapBytes
  ) throws(Errno) {
    switch type {
    case .register:
      var register = NetmapRegisterBody(body)
      guard let request = register.request(port: name) else { throw .invalidArgument }
      try register.answer(try port.register(descriptor, request))
      body = register.bytes
    case .setPortHeader:
      let length = Int(Int32(bitPattern: body.number(at: 0)))
      try port.setHeaderLength(descriptor, of: name, to: length)
    case .getPortHeader:
      body.put(UInt32(clamping: try port.headerLength(descriptor, of: name)), at: 0)
    // What the doctor asks a real device.
    case .portInfo: throw .notSupportedOnSocket
    }
  }
}

public import CallScript
public import RingMemory
public import SystemPackage

/// A port around another that makes calls go wrong as a ``CallScript`` says, and records them there.
public struct ScriptedNetmap<Base: NetmapPort>: NetmapPort {
  /// The port that carries out the calls.
  public let base: Base
  /// The faults, the record and the ledger.
  public let script: CallScript
  /// What is asked for where a backend leaves the choice to the kernel.
  public let geometry: NetmapGeometry

  /// Changes what the kernel says of a descriptor that was bound.
  public var onRegistered: (@Sendable (inout NetmapRegistered) -> Void)?
  /// Changes the memory before the backend sees it.
  public var onMapped: (@Sendable (SharedMemory) -> Void)?

  /// Creates a port around `base`.
  public init(
    _ base: Base,
    script: CallScript = CallScript(),
    geometry: NetmapGeometry = NetmapGeometry()
  ) {
    self.base = base
    self.script = script
    self.geometry = geometry
  }

  /// Notes what an event loop was told about a descriptor.
  public func note(_ event: CallLoopEvent, _ descriptor: Int32) {
    script.note(event, descriptor, flags: [.nonBlocking, .closeOnExec])
  }

  /// Opens the control device.
  public func open() throws(Errno) -> Int32 {
    try call(.open, number: { Int($0) }) { () throws(Errno) in
      let descriptor = try base.open()
      script.enter { $0.opened(descriptor) }
      return descriptor
    }
  }

  /// Binds a descriptor to a port.
  public func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    let flags = Int(request.flags.rawValue)
    var request = request
    if request.geometry == NetmapGeometry() { request.geometry = geometry }
    return try call(.register, on: descriptor, argument: flags, number: { _ in 0 }) {
      [request] () throws(Errno) in
      var registered = try base.register(descriptor, request)
      onRegistered?(&registered)
      return registered
    }
  }

  /// Maps the memory that a bound descriptor shares with the kernel.
  public func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    try call(.map, on: descriptor, argument: size, number: { $0.count }) { () throws(Errno) in
      let memory = try base.map(descriptor, size: size)
      onMapped?(memory)
      return memory
    }
  }

  /// The length in bytes of the vnet header in front of the frames of a port.
  public func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int {
    try call(.getPortHeader, on: descriptor, number: { $0 }) { () throws(Errno) in
      try base.headerLength(descriptor, of: port)
    }
  }

  /// Sets the length in bytes of the vnet header in front of the frames of a port.
  public func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno) {
    try call(.setPortHeader, on: descriptor, argument: length, number: { 0 }) { () throws(Errno) in
      try base.setHeaderLength(descriptor, of: port, to: length)
    }
  }

  /// Hands slots to send to the kernel.
  public func syncTransmit(_ descriptor: Int32) throws(Errno) {
    try call(.syncTransmit, on: descriptor, number: { 0 }) { () throws(Errno) in
      try base.syncTransmit(descriptor)
    }
  }

  /// Takes received slots from the kernel.
  public func syncReceive(_ descriptor: Int32) throws(Errno) {
    try call(.syncReceive, on: descriptor, number: { 0 }) { () throws(Errno) in
      try base.syncReceive(descriptor)
    }
  }

  /// Closes a descriptor.
  public func close(_ descriptor: Int32) throws(Errno) {
    // As with the kernel's own close the descriptor is gone, also if a fault says that it failed.
    script.enter { $0.closed(descriptor) }
    let closing = Result { () throws(Errno) in try base.close(descriptor) }
    try call(.close, on: descriptor, number: { 0 }) { () throws(Errno) in try closing.get() }
  }

  /// Makes a call, or what a fault puts in its place, and records it.
  ///
  /// A fault that only returns a number leaves out a call that has no result.
  private func call<Result>(
    _ name: CallName,
    on descriptor: Int32 = -1,
    argument: Int = 0,
    number: (Result) -> Int,
    _ body: () throws(Errno) -> Result
  ) throws(Errno) -> Result {
    var call = SystemCall(name, on: descriptor, argument: argument)
    defer { script.ended(call) }
    do throws(Errno) {
      switch script.effect(on: name) {
      case .fails(let errno): throw errno
      case .returns(let count):
        call.result = count
        if let nothing = () as? Result { return nothing }
        if let count = count as? Result { return count }
        return try body()
      case .finds, nil:
        let result = try body()
        call.result = number(result)
        return result
      }
    } catch {
      call.result = -Int(error.rawValue)
      throw error
    }
  }
}

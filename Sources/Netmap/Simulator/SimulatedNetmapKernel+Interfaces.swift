public import SystemPackage

extension SimulatedNetmapKernel {
  /// Adds a network card.
  ///
  /// - Parameter geometry: Its rings, slots and buffers; zeros are one ring each way, 1024 slots and
  ///   the kernel's length of a buffer.
  /// - Throws: `EEXIST` if the name is taken, `EINVAL` for a geometry that cannot be.
  public func addInterface(
    _ name: String,
    geometry: NetmapGeometry = NetmapGeometry()
  ) throws(Errno) {
    try locked { (state) throws(Errno) in try state.addInterface(name, geometry) }
  }

  /// Limits how many slots of a ring the wire of a card takes in one sync; `nil` is no limit.
  ///
  /// What it does not take stays in the program's ring. A chain is taken whole, also one that is
  /// longer than the limit, if it is the first; 0 stops the wire.
  ///
  /// - Throws: `ENXIO` without the card.
  public func limitWire(_ name: String, slotsPerSync: Int?) throws(Errno) {
    try locked { (state) throws(Errno) in
      try state.interface(name).slotsPerSync = max(0, slotsPerSync ?? .max)
    }
  }

  /// Puts a frame on the wire for whoever is bound to a card; it waits until its ring has room.
  ///
  /// A frame that nobody is bound to receive, or that could never fit the ring, is counted as missed.
  ///
  /// - Throws: `ENXIO` without the card, `EINVAL` without the ring.
  public func inject(
    _ bytes: UnsafeRawBufferPointer,
    into name: String,
    ring: Int = 0
  ) throws(Errno) {
    let isPending = try locked { (state) throws(Errno) in
      try unsafe state.inject(bytes, into: name, ring)
      return state.notifier.isPending
    }
    if isPending { callHooks() }
  }

  /// Puts a frame on the wire for whoever is bound to a card; it waits until its ring has room.
  ///
  /// - Throws: `ENXIO` without the card, `EINVAL` without the ring.
  public func inject(_ bytes: [UInt8], into name: String, ring: Int = 0) throws(Errno) {
    try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(Errno) in
      try unsafe inject(UnsafeRawBufferPointer(bytes), into: name, ring: ring)
    }
  }

  /// Takes the frames that were sent through a card since the last time.
  public func takeSent(from name: String) -> [SimulatedNetmapFrame] {
    var frames: [SimulatedNetmapFrame] = []
    unsafe drainSent(from: name) { (bytes, ring) in
      unsafe frames.append(SimulatedNetmapFrame(bytes: Array(bytes), ring: ring))
    }
    return frames
  }

  /// Calls `body` with each frame that was sent through a card since the last time, and its ring.
  ///
  /// The bytes are there for the call only; `body` must not use the kernel.
  public func drainSent(from name: String, _ body: (UnsafeRawBufferPointer, Int) -> Void) {
    state.withLock { (state) in
      guard let queue = try? state.interface(name).sent else { return }
      while let frame = unsafe queue.front {
        unsafe body(frame.bytes, frame.ring)
        queue.removeFirst()
      }
    }
  }

  /// The number of frames that were injected into a card and wait for slots.
  ///
  /// - Throws: `ENXIO` without the card.
  public func waitingFrames(_ name: String) throws(Errno) -> Int {
    try locked { (state) throws(Errno) in
      try state.interface(name).waiting.reduce(0) { $0 + $1.count }
    }
  }

  /// What happened to the frames of a port.
  ///
  /// - Throws: `ENXIO` without the port.
  public func counters(of port: String) throws(Errno) -> SimulatedNetmapCounters {
    try locked { (state) throws(Errno) -> SimulatedNetmapCounters in
      guard let adapter = state.adapters[port] else { throw .noSuchAddressOrDevice }
      return adapter.counters
    }
  }
}

/// A frame that was sent through a simulated network card.
public struct SimulatedNetmapFrame: Equatable, Sendable {
  /// The frame.
  public var bytes: [UInt8]
  /// The number of the ring that it was sent from.
  public var ring: Int

  /// Describes a frame.
  public init(bytes: [UInt8], ring: Int = 0) {
    self.bytes = bytes
    self.ring = ring
  }
}

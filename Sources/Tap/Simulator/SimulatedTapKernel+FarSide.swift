internal import Synchronization
public import SystemPackage

extension SimulatedTapKernel {
  /// Creates an interface that outlives its descriptors, in the state somebody else left it in.
  ///
  /// - Throws: `EEXIST` if the name is taken, `EINVAL` if it is no name.
  public func createInterface(
    _ name: String,
    flags: TapFlags = [.tap, .noProtocolInformation, .vnetHeader],
    headerLength: Int = 10,
    offloads: TapOffloads = []
  ) throws(Errno) {
    try locked { (state) throws(Errno) in
      if (try? state.index(of: name)) != nil { throw .fileExists }
      let index = try state.create(name, flags.union(.persistent))
      state.interfaces[index]?.headerLength = headerLength
      state.interfaces[index]?.offloads = offloads
    }
  }

  /// Removes an interface under its descriptors.
  public func removeInterface(_ name: String) throws(Errno) {
    try locked { (state) throws(Errno) in state.removeInterface(at: try state.index(of: name)) }
  }

  /// Takes the link up or down.
  public func setLink(_ name: String, up: Bool) throws(Errno) {
    try change(name) { $0.isUp = up }
  }

  /// Sets the most bytes behind the Ethernet header of an injected frame, from 68 to 65521.
  public func setMTU(_ name: String, to mtu: Int) throws(Errno) {
    guard (68...65_521).contains(mtu) else { throw .invalidArgument }
    try change(name) { $0.mtu = mtu }
  }

  /// Sets the frames that a queue keeps: the `txqueuelen`.
  public func setQueueLength(_ name: String, to length: Int) throws(Errno) {
    try change(name) { $0.queueLength = length }
  }

  /// Puts a frame on the link for the backend to receive.
  ///
  /// A frame that finds no queue, or a full one, is dropped and counted without an error.
  ///
  /// - Throws: `ENETDOWN` while the link is down, `EMSGSIZE` above the MTU, `EINVAL` for a frame under
  ///   14 bytes or a header that is wrong, `ENODEV` without the interface.
  public func inject(_ frame: SimulatedTapFrame, into name: String) throws(Errno) {
    try locked { (state) throws(Errno) in try state.inject(frame, into: name) }
  }

  /// Takes the frames that the backend sent since the last time.
  public func collect(from name: String) -> [SimulatedTapFrame] {
    var frames: [SimulatedTapFrame] = []
    try? change(name) { swap(&$0.sent, &frames) }
    return frames
  }

  /// The injected frames that no queue could take.
  public func droppedFrames(_ name: String) throws(Errno) -> UInt64 {
    try interface(name).dropped
  }

  /// Whether the link is up.
  public func isUp(_ name: String) throws(Errno) -> Bool { try interface(name).isUp }

  /// The length in bytes of the vnet header that the interface uses.
  public func headerLength(_ name: String) throws(Errno) -> Int { try interface(name).headerLength }

  /// What the interface may hand over undone.
  public func offloads(_ name: String) throws(Errno) -> TapOffloads { try interface(name).offloads }

  /// The names of all interfaces.
  public var interfaceNames: [String] {
    state.withLock { (state) in state.interfaces.compactMap { $0?.name } }
  }

  private func interface(_ name: String) throws(Errno) -> SimulatedInterface {
    try locked { (state) throws(Errno) -> SimulatedInterface in
      let index = try state.index(of: name)
      guard let interface = state.interfaces[index] else { throw .operationNotSupportedByDevice }
      return interface
    }
  }

  private func change(
    _ name: String,
    _ body: (inout SimulatedInterface) -> Void
  ) throws(Errno) {
    try locked { (state) throws(Errno) in
      let index = try state.index(of: name)
      guard state.interfaces[index] != nil else { return }
      state.interfaces[index].modify(body)
    }
  }
}

extension Optional {
  fileprivate mutating func modify(_ body: (inout Wrapped) -> Void) {
    guard var value = self else { return }
    self = nil
    body(&value)
    self = value
  }
}

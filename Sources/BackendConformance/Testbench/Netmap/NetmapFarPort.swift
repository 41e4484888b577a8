internal import Netmap
internal import RingMemory
internal import Synchronization
internal import SystemPackage

/// The far side of a switch or a pipe: a port of its own, whose frames are taken out as they arrive.
///
/// It reads and writes slots in its own way, so that a mistake of the backend is not made twice.
final class NetmapFarPort<Port: NetmapPort>: FarSide, Sendable {
  private struct State {
    let transmit: NetmapRing
    let receive: NetmapRing
    var isClosed = false
    var taken: [FrameSummary] = []
    /// The bytes of a frame of which not all slots have come.
    var begun: [UInt8] = []
  }

  private let port: Port
  private let descriptor: Int32
  private let memory: SharedMemory
  private let state: Mutex<State>
  private let poller: (any DescriptorPoller)?

  /// Opens the port.
  ///
  /// - Parameters:
  ///   - poller: What waits for frames; `nil` where nothing comes by itself.
  ///   - taken: The frames that a far side before this one has taken, and nobody collected.
  init(
    _ port: Port,
    _ registration: NetmapRegistration,
    poller: (any DescriptorPoller)? = nil,
    taken: [FrameSummary] = []
  ) throws(Errno) {
    let descriptor = try port.open()
    do throws(Errno) {
      let bound = try port.register(descriptor, registration)
      memory = try port.map(descriptor, size: bound.memorySize)
      guard let interface = try? NetmapInterface(memory, at: bound.offset),
        let transmit = interface.transmitRings.first, let receive = interface.receiveRings.first
      else { throw .invalidArgument }
      state = Mutex(State(transmit: transmit, receive: receive, taken: taken))
    } catch {
      try? port.close(descriptor)
      throw error
    }
    self.port = port
    self.descriptor = descriptor
    self.poller = poller
  }

  /// Takes what has arrived, and gives the port back.
  func close() {
    guard !isClosed else { return }
    drain()
    state.withLock { $0.isClosed = true }
    try? port.close(descriptor)
  }

  /// Whether the port was given back.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  func inject(_ frame: [UInt8]) throws(BenchError) {
    // A switch takes everything; a pipe holds on to what its other end has not taken.
    guard state.withLock({ $0.transmit.put(frame) }) else {
      throw .unsupported("the far side of a pipe has no room for frames that nobody takes")
    }
    do throws(Errno) { try port.syncTransmit(descriptor) } catch {
      throw .failed("inject \(frame.count) bytes: \(error)")
    }
  }

  func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    let end = MonotonicClock.now + UInt64(deadline) * 1_000_000
    drain()
    while let poller, taken < count, MonotonicClock.now < end {
      let left = Int((end - min(end, MonotonicClock.now)) / 1_000_000)
      _ = poller.poll([descriptor], milliseconds: left + 1)
      drain()
    }
    return takenFrames()
  }

  /// The frames that have arrived and were not collected.
  func takenFrames() -> [FrameSummary] {
    state.withLock { state in
      defer { state.taken = [] }
      return state.taken
    }
  }

  private var taken: Int { state.withLock { $0.taken.count } }

  /// Takes out what lies in the ring, until nothing more comes.
  private func drain() {
    state.withLock { state in
      while true {
        try? port.syncReceive(descriptor)
        let (ring, tail) = (state.receive, state.receive.tail)
        guard ring.head != tail else { return }
        while ring.head != tail {
          let slot = ring[ring.head]
          ring.append(slot, to: &state.begun)
          ring.current = ring.indices.next(ring.head)
          ring.head = ring.current
          guard !slot.hasMore else { continue }
          if !state.begun.isEmpty { state.taken.append(FrameSummary(state.begun)) }
          state.begun = []
        }
      }
    }
  }
}

extension NetmapFarPort where Port == SimulatedNetmap {
  /// Opens the port of a simulated kernel; frames are taken out as soon as they are there.
  convenience init(
    _ kernel: SimulatedNetmapKernel,
    _ registration: NetmapRegistration
  ) throws(Errno) {
    try self.init(kernel.port, registration)
    try kernel.onArrival(descriptor) { [weak self] in self?.drain() }
  }
}

extension NetmapRing {
  /// Room for a header in front of the first slot: a switch that adds one writes it there, and beyond
  /// the buffer if it is full.
  private static let headroom = 12

  /// Puts a frame into the next slots; `false` if there are too few.
  fileprivate func put(_ frame: [UInt8]) -> Bool {
    var (position, rest) = (head, frame[...])
    repeat {
      guard position != tail else { return false }
      let room = position == head ? max(1, bufferSize - Self.headroom) : bufferSize
      let part = rest.prefix(room)
      rest = rest.dropFirst(room)
      let index = self[position].bufferIndex
      unsafe part.withUnsafeBytes { bytes in
        unsafe UnsafeMutableRawBufferPointer(start: buffer(index), count: bufferSize)
          .copyMemory(from: bytes)
      }
      self[position] = NetmapSlot(
        bufferIndex: index,
        length: UInt16(part.count),
        flags: rest.isEmpty ? [] : .moreFragments
      )
      position = indices.next(position)
    } while !rest.isEmpty
    (current, head) = (position, position)
    return true
  }

  fileprivate func append(_ slot: NetmapSlot, to bytes: inout [UInt8]) {
    let count = min(Int(slot.length), bufferSize)
    unsafe bytes.append(
      contentsOf: UnsafeRawBufferPointer(start: buffer(slot.bufferIndex), count: count)
    )
  }
}

internal import Netmap
internal import RingMemory
internal import Synchronization
internal import SystemPackage

/// The rings of a port on a simulated kernel.
final class SimulatedRings: RingInstrument {
  private let kernel: SimulatedNetmapKernel
  private let port: String
  private let wire: String?
  private let traps = Mutex<[ReadTrap]>([])
  private let snapshots = Mutex<[(ring: RingName, snapshot: RingSnapshot)]>([])

  /// Looks at the rings of a port.
  ///
  /// - Parameter wire: The network card whose wire takes the frames, if it is one.
  init(kernel: SimulatedNetmapKernel, port: String, wire: String?) {
    self.kernel = kernel
    self.port = port
    self.wire = wire
  }

  func place(_ ring: RingName, head: Int, tail: Int) throws(BenchError) {
    try perform("place a ring") { () throws(Errno) in
      try kernel.placeRing(
        of: port,
        isTransmit: ring.direction == .transmit,
        ring.number,
        head: UInt32(clamping: head),
        tail: UInt32(clamping: tail)
      )
    }
  }

  func set(_ index: RingIndex, of name: RingName, to value: Int) throws(BenchError) {
    try withRing(name) { ring in
      let value = UInt32(truncatingIfNeeded: value)
      switch index {
      case .head: ring.head = value
      case .current: ring.current = value
      case .tail: ring.tail = value
      }
    }
  }

  func set(_ slot: SlotPattern, at position: Int, of name: RingName) throws(BenchError) {
    try withRing(name) { ring in ring.change(UInt32(position)) { slot.apply(to: &$0) } }
  }

  func change(_ slot: SlotPattern, at position: Int, of ring: RingName) throws(BenchError) {
    guard ReadTrap.isOffered else { throw .unsupported("changing a field between two reads") }
    let target: (word: SharedWord64, value: UInt64)? = try withRing(ring) { ring in
      guard ring.indices.contains(UInt32(clamping: position)) else { return nil }
      var changed = ring[UInt32(position)]
      slot.apply(to: &changed)
      return (ring.slotWord(UInt32(position)), changed.word)
    }
    guard let target else { throw .failed("the ring has no slot \(position)") }
    let memory = try perform("find the memory") { () throws(Errno) in
      try kernel.memory(of: port)
    }
    let trap = try ReadTrap(on: target.word, of: memory, becoming: target.value)
    traps.withLock { $0.append(trap) }
  }

  func endTraps() { traps.withLock { $0 = [] } }

  func publish(
    _ bytes: [UInt8],
    slots: [SlotPattern],
    to ring: RingName
  ) throws(BenchError) {
    let change = { (slot: inout NetmapSlot, number: Int) in
      slot.length = 0
      slots[number].apply(to: &slot)
    }
    try perform("publish \(slots.count) slots") { () throws(Errno) in
      switch ring.direction {
      case .receive:
        try kernel.publish(bytes, slots: slots.count, to: port, ring.number, change)
      case .transmit: try kernel.send(bytes, slots: slots.count, from: port, ring.number, change)
      }
    }
  }

  func limit(_ slots: Int?) throws(BenchError) {
    guard let wire else { throw .unsupported("limiting what a switch or a pipe takes") }
    try perform("limit the wire") { () throws(Errno) in
      try kernel.limitWire(wire, slotsPerSync: slots)
    }
  }

  func indices(of name: RingName) throws(BenchError) -> RingIndicesSummary {
    try withRing(name) { ring in RingIndicesSummary(ring) }
  }

  func slots(of name: RingName, from: Int, count: Int) throws(BenchError) -> [SlotSummary] {
    try withRing(name) { ring in
      (0..<count).map { SlotSummary(ring[UInt32((from + $0) % Int(ring.slotCount))]) }
    }
  }

  func changes(of name: RingName) throws(BenchError) -> RingChanges {
    let new = try withRing(name) { RingSnapshot($0) }
    return snapshots.withLock { snapshots in
      let old = snapshots.first { $0.ring == name }?.snapshot
      snapshots.removeAll { $0.ring == name }
      snapshots.append((name, new))
      return new.changes(since: old ?? new)
    }
  }

  private func withRing<Result: Sendable>(
    _ name: RingName,
    _ body: (NetmapRing) -> Result
  ) throws(BenchError) -> Result {
    try perform("find the ring to \(name)") { () throws(Errno) in
      try kernel.withRing(of: port, isTransmit: name.direction == .transmit, name.number, body)
    }
  }

  private func perform<Result>(
    _ what: String,
    _ body: () throws(Errno) -> Result
  ) throws(BenchError) -> Result {
    do throws(Errno) { return try body() } catch {
      throw .failed("\(what) of \(port): \(error)")
    }
  }
}

extension SlotPattern {
  /// Overwrites the given fields.
  fileprivate func apply(to slot: inout NetmapSlot) {
    if let length { slot.length = UInt16(truncatingIfNeeded: length) }
    if let flags { slot.flags = NetmapSlotFlags(rawValue: UInt16(truncatingIfNeeded: flags)) }
    if let buffer { slot.bufferIndex = UInt32(truncatingIfNeeded: buffer) }
  }
}

extension NetmapRing {
  fileprivate func change(_ position: UInt32, _ change: (inout NetmapSlot) -> Void) {
    guard indices.contains(position) else { return }
    var slot = self[position]
    change(&slot)
    self[position] = slot
  }
}

extension RingIndicesSummary {
  init(_ ring: NetmapRing) {
    self.init(head: Int(ring.head), current: Int(ring.current), tail: Int(ring.tail))
  }
}

extension SlotSummary {
  init(_ slot: NetmapSlot) {
    self.init(
      length: Int(slot.length),
      flags: Int(slot.flags.rawValue),
      buffer: Int(slot.bufferIndex)
    )
  }
}

import Netmap
import RingMemory
import SystemPackage

/// A descriptor that is bound to a port of a simulated kernel, with its memory mapped.
final class BoundPort {
  let kernel: SimulatedNetmapKernel
  let descriptor: Int32
  let registered: NetmapRegistered
  let memory: SharedMemory
  private let views: NetmapInterface?

  /// - Parameter hasViews: Whether there are views of the rings; a ring of one slot has none.
  init(
    _ kernel: SimulatedNetmapKernel,
    _ request: NetmapRegistration,
    hasViews: Bool = true
  ) throws {
    self.kernel = kernel
    let port = kernel.port
    descriptor = try port.open()
    do {
      registered = try port.register(descriptor, request)
      memory = try port.map(descriptor, size: registered.memorySize)
      views = hasViews ? try NetmapInterface(memory, at: registered.offset) : nil
    } catch {
      try port.close(descriptor)
      throw error
    }
  }

  convenience init(
    _ kernel: SimulatedNetmapKernel,
    _ name: String,
    transmitSlots: Int = 0,
    receiveSlots: Int = 0,
    rings: Int = 0,
    extraBuffers: Int = 0,
    hasViews: Bool = true
  ) throws {
    var geometry = NetmapGeometry()
    geometry.transmitSlots = transmitSlots
    geometry.receiveSlots = receiveSlots
    geometry.transmitRings = rings
    geometry.receiveRings = rings
    geometry.extraBuffers = extraBuffers
    let request = NetmapRegistration(port: name, geometry: geometry)
    try self.init(kernel, request, hasViews: hasViews)
  }

  var interface: NetmapInterface {
    guard let views else { preconditionFailure("the port has no views") }
    return views
  }
  var transmitRing: NetmapRing { interface.transmitRings[0] }
  var receiveRing: NetmapRing { interface.receiveRings[0] }

  func syncTransmit() throws { try kernel.port.syncTransmit(descriptor) }
  func syncReceive() throws { try kernel.port.syncReceive(descriptor) }
  func close() throws { try kernel.port.close(descriptor) }
}

/// One slot to send: its bytes, the flags, and the length if it is to be another.
struct SentSlot {
  var bytes: [UInt8]
  var flags: NetmapSlotFlags = []
  var length: UInt16?
}

/// One slot that was received.
struct ReceivedSlot: Equatable {
  var length: Int
  var flags: UInt16
  var bytes: [UInt8]
}

extension BoundPort {
  /// Publishes slots, without a sync.
  func publish(_ slots: [SentSlot], on number: Int = 0) {
    let ring = interface.transmitRings[number]
    var head = ring.head
    for sent in slots {
      var slot = ring[head]
      let buffer = unsafe ring.buffer(slot.bufferIndex)
      for (index, byte) in sent.bytes.enumerated() {
        unsafe buffer.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
      }
      slot.length = sent.length ?? UInt16(sent.bytes.count)
      slot.flags = sent.flags
      ring[head] = slot
      head = ring.indices.next(head)
    }
    ring.head = head
    ring.current = head
  }

  /// Publishes slots and syncs.
  func send(_ slots: [SentSlot], on number: Int = 0) throws {
    publish(slots, on: number)
    try syncTransmit()
  }

  /// Publishes one frame in one slot and syncs.
  func send(_ bytes: [UInt8]) throws { try send([SentSlot(bytes: bytes)]) }

  /// Syncs and reads the slots from the head on, which stay where they are.
  func received(on number: Int = 0) throws -> [ReceivedSlot] {
    try syncReceive()
    let ring = interface.receiveRings[number]
    var slots: [ReceivedSlot] = []
    var position = ring.head
    while position != ring.tail {
      let slot = ring[position]
      let buffer = unsafe UnsafeRawBufferPointer(
        start: ring.buffer(slot.bufferIndex),
        count: Int(slot.length)
      )
      let bytes = unsafe [UInt8](buffer)
      slots.append(
        ReceivedSlot(length: Int(slot.length), flags: slot.flags.rawValue, bytes: bytes)
      )
      position = ring.indices.next(position)
    }
    return slots
  }

  /// Releases everything that was received, without a sync.
  func releaseAll(on number: Int = 0) {
    let ring = interface.receiveRings[number]
    ring.head = ring.tail
    ring.current = ring.tail
  }

  /// Syncs, reads and releases what has arrived.
  func take(on number: Int = 0) throws -> [ReceivedSlot] {
    let slots = try received(on: number)
    releaseAll(on: number)
    try syncReceive()
    return slots
  }
}

/// Head, current and tail of a ring.
struct Indices: Equatable, CustomStringConvertible {
  var head: UInt32
  var current: UInt32
  var tail: UInt32

  init(_ head: UInt32, _ current: UInt32, _ tail: UInt32) {
    self.head = head
    self.current = current
    self.tail = tail
  }

  init(_ ring: NetmapRing) { self.init(ring.head, ring.current, ring.tail) }

  var description: String { "\(head)/\(current)/\(tail)" }
}

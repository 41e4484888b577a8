import Glibc
import RingMemory
import XenNetif

/// A ring of a connection, as the frontend writes it.
struct OpenRing {
  let guest: GuestRing
  let channel: EventChannel
  /// Where it stood when the input began.
  private(set) var start: UInt32
  /// The slots of the input that were last published.
  var last = UnsafeRawBufferPointer(start: nil, count: 0)

  init(_ guest: GuestRing, _ channel: EventChannel) {
    (self.guest, self.channel) = (guest, channel)
    start = guest.ring.responseProducer.load()
  }

  private var ring: SharedRing { guest.ring }
  /// How many requests there were.
  var requestCount: UInt32 { ring.requestProducer.load() &- start }
  /// How many responses there were.
  var responseCount: UInt32 { ring.responseProducer.load() &- start }
  /// How many requests have no response.
  var unanswered: UInt32 { requestCount &- responseCount }
  var isAtRest: Bool { unanswered == 0 }

  /// Publishes slots, as many as a number says of those in the bytes, again from the first when they
  /// end.
  func publish(_ slots: UnsafeRawBufferPointer, count: Int) {
    let size = ring.geometry.slotSize
    let given = slots.count / size
    guard given > 0, let bytes = slots.baseAddress else { return }
    let producer = ring.requestProducer.load()
    let page = guest.page.memory.base
    for index in 0..<count {
      let offset = ring.geometry.offset(of: producer &+ UInt32(index))
      memcpy(page + offset, bytes + index % given * size, size)
    }
    ring.requestProducer.store(producer &+ UInt32(count))
  }

  /// Moves an index that the frontend writes by any number.
  func move(_ isProducer: Bool, by distance: UInt32) {
    let word = isProducer ? ring.requestProducer : ring.responseEvent
    word.store(word.load() &+ distance)
  }

  /// Whether all responses there are have a status that there is; of the transmit ring.
  var hasKnownStatuses: Bool {
    let producer = ring.responseProducer.load()
    for distance in 0..<min(responseCount, UInt32(ring.geometry.slotCount)) {
      let slot = ring.slot(producer &- 1 &- distance)
      guard (-2...1).contains(slot.load(fromByteOffset: 2, as: Int16.self)) else { return false }
    }
    return true
  }

  /// Begins where it stands, with the slots as they were at first.
  mutating func reset() {
    if requestCount > 0 {
      let used = ring.geometry.usedSize - RingGeometry.headerSize
      memset(ring.slot(0), Int32(GuestRing.canary), used)
    }
    start = ring.responseProducer.load()
    ring.responseEvent.store(start &+ 1)
    last = UnsafeRawBufferPointer(start: nil, count: 0)
  }
}

import RingMemory
import XenNetif

/// A ring of the frontend, with a copy that shows what the backend changed.
final class GoldenRing {
  let guest: GuestRing
  /// The bytes as they would be if the backend had changed nothing since the last look.
  private var shadow: [UInt8]
  /// Up to where responses have been looked at.
  private(set) var seen: UInt32

  init(_ guest: GuestRing) {
    self.guest = guest
    shadow = guest.page.bytes
    seen = guest.ring.responseProducer.load()
  }

  /// Begins anew with what is in the page.
  func restart() {
    shadow = guest.page.bytes
    seen = guest.ring.responseProducer.load()
  }

  func storeSlot(_ bytes: [UInt8], at slot: Int) {
    guest.storeSlot(bytes, at: UInt32(slot))
    copy(guest.ring.geometry.offset(of: UInt32(slot)), bytes.count)
  }

  func setRequestProducer(_ index: UInt32) {
    guest.ring.requestProducer.store(index)
    copy(0, 4)
  }

  func setResponseEvent(_ index: UInt32) {
    guest.ring.responseEvent.store(index)
    copy(12, 4)
  }

  /// The slots that have been answered since the last look, and whether anything else was changed.
  func look() -> (answered: [Int], isUntouched: Bool) {
    let (first, end) = (seen, guest.ring.responseProducer.load())
    let count = min(end &- first, UInt32(guest.ring.geometry.slotCount))
    let slots = (0..<count).map { guest.ring.geometry.position(of: first &+ $0) }
    let now = guest.page.bytes
    var expected = shadow
    var allowed = [4..<12]
    for slot in slots {
      let offset = guest.ring.geometry.offset(of: UInt32(slot))
      allowed.append(offset..<offset + guest.ring.geometry.responseSize)
    }
    for range in allowed { expected.replaceSubrange(range, with: now[range]) }
    (shadow, seen) = (now, end)
    return (slots, expected == now)
  }

  private func copy(_ offset: Int, _ count: Int) {
    shadow.replaceSubrange(offset..<offset + count, with: guest.page[offset..<offset + count])
  }
}

internal import RingMemory
internal import Synchronization
internal import XenNetif

/// A netback's copy of the ring to transmit, made when an event comes and given back when it has been
/// handled: what the frontend shows meanwhile is not seen.
final class CopiedRing: Sendable {
  private struct Pages {
    let guest: SharedMemory
    let copy: SharedMemory
  }

  private let pages = Mutex<Pages?>(nil)

  /// Has a port map the copy, and keep it up to date.
  func use(in port: inout TamperedXen) {
    port.onMap = { [self] base, grant, domain throws(GrantStatus) in
      let guest = try base.map(grant, of: domain)
      return pages.withLock { pages in
        // The ring to transmit is mapped first.
        guard pages == nil, let copy = try? SharedMemory(count: guest.count) else { return guest }
        pages = Pages(guest: guest, copy: copy)
        SharedRing(copy, .transmit).initialise()
        return copy
      }
    }
    port.beforePass = { [self] _ in take() }
    port.afterPass = { [self] _ in giveBack() }
  }

  private func take() {
    pages.withLock { pages in
      guard let pages else { return }
      let (guest, copy) = (SharedRing(pages.guest, .transmit), SharedRing(pages.copy, .transmit))
      copy.requestProducer.store(guest.requestProducer.load())
      copy.responseEvent.store(guest.responseEvent.load())
      Self.copySlots(from: pages.guest, to: pages.copy)
    }
  }

  private func giveBack() {
    pages.withLock { pages in
      guard let pages else { return }
      let (guest, copy) = (SharedRing(pages.guest, .transmit), SharedRing(pages.copy, .transmit))
      Self.copySlots(from: pages.copy, to: pages.guest)
      guest.responseProducer.store(copy.responseProducer.load())
      guest.requestEvent.store(copy.requestEvent.load())
    }
  }

  private static func copySlots(from: SharedMemory, to: SharedMemory) {
    let slots = RingGeometry.headerSize..<RingGeometry.pageSize
    // Both are pages of a ring.
    unsafe (to.base + slots.lowerBound).copyMemory(
      from: from.base + slots.lowerBound,
      byteCount: slots.count
    )
  }
}

import Glibc
import RingMemory
import XenNetif

extension GuestRing {
  /// Whether the bytes that are nobody's are as they were, compared at once, as often as it is asked.
  var isUnusedIntactAtOnce: Bool {
    let (page, used) = (page.memory.base, ring.geometry.usedSize)
    return memcmp(page + 16, zeros, RingGeometry.headerSize - 16) == 0
      && memcmp(page + used, canaries, GuestPage.count - used) == 0
  }
}

private let zeros = [UInt8](repeating: 0, count: RingGeometry.headerSize)
private let canaries = [UInt8](repeating: GuestRing.canary, count: GuestPage.count)

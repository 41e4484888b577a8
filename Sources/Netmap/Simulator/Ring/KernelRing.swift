internal import RingMemory

/// What the kernel remembers of a ring; nothing of it is the program's to change.
///
/// Source: netmap_kern.h, `struct netmap_kring`.
final class KernelRing {
  let view: KernelRingView
  /// The number among the rings of its direction.
  let number: Int
  let isTransmit: Bool
  /// The offset in the region in bytes.
  let offset: Int

  /// The first slot that the device has not done with (`nr_hwcur`).
  var deviceHead: UInt32 = 0
  /// Up to here, and without, the slots are the program's (`nr_hwtail`).
  var deviceTail: UInt32
  /// The indices as they were read last (`rhead`, `rcur`), and the tail as it was written (`rtail`).
  var lastHead: UInt32 = 0
  var lastCurrent: UInt32 = 0
  var lastTail: UInt32

  /// The ring at the other end of a pipe, and where ``deviceTail`` is to go.
  var partner: KernelRing?
  var pipeTail: UInt32

  /// The descriptors that the ring is bound to.
  var users = 0
  /// Whether one of them will not share it.
  var isExclusive = false

  init(_ view: KernelRingView, number: Int, isTransmit: Bool, offset: Int) {
    self.view = view
    self.number = number
    self.isTransmit = isTransmit
    self.offset = offset
    deviceTail = isTransmit ? view.slotCount - 1 : 0
    lastTail = deviceTail
    pipeTail = deviceTail
  }

  /// Tells the program how far the kernel is.
  func finish() {
    lastTail = deviceTail
    view.tail = deviceTail
  }

  /// The number of slots that a device may fill, of a ring to receive from.
  var freeSlots: UInt32 {
    view.slotCount - 1 - view.indices.distance(from: deviceHead, to: deviceTail)
  }
}

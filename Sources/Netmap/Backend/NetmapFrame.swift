/// A frame that was found in a ring.
@usableFromInline
struct NetmapFrame: Sendable {
  /// The number of the ring.
  var ring = 0
  /// The position of its first slot if it is a chain and still kept, otherwise no position.
  var begin: UInt32 = .max
  /// The first slot that was the kernel's when it was found.
  var tail: UInt32 = 0
  /// The position behind its last slot.
  var end: UInt32 = 0
  /// The number of its slots.
  var count = 0
  /// The length in bytes.
  @usableFromInline var length = 0
}

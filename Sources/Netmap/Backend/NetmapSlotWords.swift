/// Room for the words of the slots of one frame, allocated once.
///
/// The address is kept as a number because a pointer cannot be sent to another thread; this value is
/// the only owner, since it cannot be copied.
struct NetmapSlotWords: ~Copyable, Sendable {
  private let address: UInt

  /// Allocates room for so many words.
  init(count: Int) {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: max(count, 1))
    unsafe words.initialize(repeating: 0, count: max(count, 1))
    address = UInt(bitPattern: words)
  }

  deinit {
    // Nothing points into it any longer.
    unsafe words.deallocate()
  }

  /// The first word; valid as long as this value.
  var words: UnsafeMutablePointer<UInt64> {
    // An address of an allocation is never zero.
    unsafe UnsafeMutablePointer(bitPattern: address).unsafelyUnwrapped
  }
}

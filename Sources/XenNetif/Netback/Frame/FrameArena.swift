internal import RingMemory
internal import SystemPackage

/// Memory for frames that are given back in the order in which they were put in.
///
/// Pages that no frame reaches take no room, and while few frames wait it is the same pages that are
/// used again and again.
struct FrameArena {
  /// The memory; its first byte begins a page.
  let memory: SharedMemory
  /// Where the oldest frame begins.
  private var head = 0
  /// Where the youngest frame ends.
  private var tail = 0

  /// An arena of so many bytes.
  init(count: Int) throws(Errno) { memory = try SharedMemory.scratch(count: count) }

  /// The address of a place.
  func address(_ place: Int) -> UnsafeMutableRawPointer { unsafe memory.base + place }

  /// Finds room for a frame: the place of its first byte; `nil` if there is none.
  ///
  /// A frame that one page can hold lies in one page, because a copy between domains cannot go beyond.
  mutating func reserve(_ length: Int) -> Int? {
    var start = Self.aligned(tail, length)
    if tail >= head {
      if start + length > memory.count {
        // The begin of the memory is free up to the oldest frame.
        guard length < head else { return nil }
        start = 0
      }
    } else if start + length >= head {
      return nil
    }
    tail = start + length
    return start
  }

  /// Gives back the frame that was reserved last.
  mutating func unreserve(_ start: Int) { tail = start }

  /// Gives back everything up to the end of a frame.
  mutating func release(through end: Int) { head = end }

  /// Gives back everything.
  mutating func reset() { (head, tail) = (0, 0) }

  private static func aligned(_ place: Int, _ length: Int) -> Int {
    let line = (place + 63) & ~63
    let room = GrantReference.pageSize - line % GrantReference.pageSize
    return room >= min(length, GrantReference.pageSize) ? line : line + room
  }
}

/// Frames in the order in which they came, in one piece of memory that grows and is used again.
///
/// Invariant: from `first` to `end` lie whole records: the length and the ring's number in 4 bytes
/// each, then the frame, filled up to a multiple of 8 bytes; `end` is at most `capacity`.
@safe final class FrameQueue {
  private var memory: UnsafeMutableRawPointer
  private var capacity = 4096
  private var first = 0
  private var end = 0
  /// The number of frames.
  private(set) var count = 0

  init() { unsafe memory = .allocate(byteCount: capacity, alignment: 8) }

  deinit { unsafe memory.deallocate() }

  /// Adds a frame of `length` bytes, whose memory the caller fills at once.
  func append(_ length: Int, ring: Int) -> UnsafeMutableRawPointer {
    let size = 8 + (length + 7) & ~7
    makeRoom(for: size)
    let record = unsafe memory + end
    unsafe record.storeBytes(of: UInt32(length), as: UInt32.self)
    unsafe record.storeBytes(of: UInt32(ring), toByteOffset: 4, as: UInt32.self)
    end += size
    count += 1
    return unsafe record + 8
  }

  /// Adds a frame.
  func append(_ bytes: UnsafeRawBufferPointer, ring: Int) {
    let place = unsafe append(bytes.count, ring: ring)
    guard let source = bytes.baseAddress else { return }
    unsafe place.copyMemory(from: source, byteCount: bytes.count)
  }

  /// The first frame and its ring; the bytes are there until the next call that changes the queue.
  var front: (bytes: UnsafeRawBufferPointer, ring: Int)? {
    guard count > 0 else { return nil }
    let record = unsafe memory + first
    let length = unsafe Int(record.load(as: UInt32.self))
    let ring = unsafe Int(record.load(fromByteOffset: 4, as: UInt32.self))
    return unsafe (UnsafeRawBufferPointer(start: record + 8, count: length), ring)
  }

  /// Removes the first frame, if there is one.
  func removeFirst() {
    guard let length = unsafe front?.bytes.count else { return }
    first += 8 + (length + 7) & ~7
    count -= 1
    if count == 0 { removeAll() }
  }

  /// Removes all frames and keeps the memory.
  func removeAll() {
    first = 0
    end = 0
    count = 0
  }

  private func makeRoom(for size: Int) {
    guard end + size > capacity else { return }
    let used = end - first
    if used + size <= capacity / 2 {
      unsafe memory.copyMemory(from: memory + first, byteCount: used)
    } else {
      while capacity < used + size { capacity *= 2 }
      let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
      unsafe larger.copyMemory(from: memory + first, byteCount: used)
      unsafe memory.deallocate()
      unsafe memory = larger
    }
    first = 0
    end = used
  }
}

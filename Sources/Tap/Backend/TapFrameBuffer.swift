internal import Glibc

/// Memory for one frame, allocated once and owned until the end of its life.
///
/// The address is kept as a number: a pointer could not be stored behind a lock that other threads
/// take. It has a single owner, since the type cannot be copied, and lives as long as that owner.
struct TapFrameBuffer: ~Copyable, Sendable {
  /// The size in bytes.
  let count: Int
  private let address: UInt

  /// Allocates memory filled with zeros.
  init(count: Int) {
    self.count = count
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 16)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
    address = UInt(bitPattern: memory.baseAddress)
  }

  deinit {
    // Allocated in `init`, and nothing points into it any longer.
    unsafe UnsafeMutableRawPointer(bitPattern: address)?.deallocate()
  }

  /// The first byte; valid while the caller holds the buffer.
  var start: UnsafeMutableRawPointer {
    // An address of an allocation is never zero.
    unsafe UnsafeMutableRawPointer(bitPattern: address).unsafelyUnwrapped
  }

  /// The memory from byte `start` to its end; valid while the caller holds the buffer.
  func bytes(from start: Int = 0) -> UnsafeMutableRawBufferPointer {
    let offset = min(max(start, 0), count)
    // The range lies within the allocation.
    return unsafe UnsafeMutableRawBufferPointer(
      start: UnsafeMutableRawPointer(bitPattern: address + UInt(offset)),
      count: count - offset
    )
  }

  /// The first `length` bytes; valid while the caller holds the buffer.
  func frame(length: Int) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: bytes()[..<min(max(length, 0), count)])
  }
}

internal import CLinux

/// The lines of a buffer that are fetched ahead, by their offsets in bytes.
private var lines: StrideTo<Int> {
  @inline(__always) get { stride(from: 0, to: 512, by: 64) }
}

// The first bytes of a buffer are the slow ones: once a copy is under way the processor fetches ahead by
// itself, but it does not know which buffer comes next.
extension NetmapRing {
  /// Has the processor fetch the beginning of the buffer that the slot at a position names, which is
  /// likely to be read next; whatever the slot says, nothing comes of it but that.
  @inline(__always)
  func prefetch(at position: UInt32) { unsafe buffer(self[position].bufferIndex).prefetch() }

  /// The same for a buffer that is likely to be written next.
  @inline(__always)
  func prefetchForWrite(at position: UInt32) {
    unsafe buffer(self[position].bufferIndex).prefetchForWrite()
  }
}

extension UnsafeMutableRawPointer {
  /// Has the processor fetch the beginning of a buffer that is likely to be read next.
  @inline(__always)
  func prefetch() {
    for offset in lines {
      unsafe clinux_prefetch(self + offset)
    }
  }

  /// Has the processor fetch the beginning of a buffer that is likely to be written next.
  @inline(__always)
  func prefetchForWrite() {
    for offset in lines {
      unsafe clinux_prefetch_for_write(self + offset)
    }
  }
}

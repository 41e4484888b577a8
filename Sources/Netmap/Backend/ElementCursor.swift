internal import NetBackend
internal import RingMemory

/// A place in a list of elements, from which it is read or written on.
@safe struct ElementCursor {
  private let list: UnsafeBufferPointer<BufferElement>
  /// The number of the element that comes next.
  private var index = 0
  /// The rest of the element that has been begun.
  private var next: UnsafeMutableRawPointer?
  private var left = 0

  /// The beginning of a list.
  init(_ elements: UnsafeBufferPointer<BufferElement>) { unsafe list = elements }

  /// Copies the next `count` bytes of the list, which must have them.
  @inline(__always)
  mutating func read(_ count: Int, into target: UnsafeMutableRawPointer) {
    unsafe forEachRun(count) { element, offset, length in
      unsafe (target + offset).copyShort(from: element, count: length)
    }
  }

  /// Copies `count` bytes to the list, which must have room for them.
  @inline(__always)
  mutating func write(_ count: Int, from source: UnsafeRawPointer) {
    unsafe forEachRun(count) { element, offset, length in
      unsafe element.copyShort(from: source + offset, count: length)
    }
  }

  @inline(__always)
  private mutating func forEachRun(
    _ count: Int,
    _ copy: (UnsafeMutableRawPointer, Int, Int) -> Void
  ) {
    var done = 0
    while done < count {
      if left == 0 {
        guard unsafe index < list.count else { return }
        let element = unsafe list[unchecked: index]
        index &+= 1
        unsafe next = element.base
        // No longer than what is asked for, whatever the element claims.
        left = unsafe Int(clamping: element.length)
        continue
      }
      let length = min(left, count &- done)
      if let base = unsafe next {
        unsafe copy(base, done, length)
        unsafe next = base + length
      }
      left &-= length
      done &+= length
    }
  }
}

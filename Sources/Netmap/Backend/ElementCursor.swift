internal import NetBackend

/// A place in a list of elements, from which it is read or written on.
@safe struct ElementCursor {
  /// The element that comes next, and the end of the list.
  private var element: UnsafePointer<BufferElement>
  private let end: UnsafePointer<BufferElement>
  /// The rest of the element that has been begun.
  private var next: UnsafeMutableRawPointer?
  private var left: UInt

  /// The beginning of a list, which must not be empty.
  @inline(__always)
  init(_ elements: UnsafeBufferPointer<BufferElement>) {
    let first = unsafe elements.baseAddress.unsafelyUnwrapped
    unsafe (element, end) = (first + 1, first + elements.count)
    unsafe (next, left) = (first.pointee.base, first.pointee.length)
  }

  /// Copies the next `count` bytes of the list, which must have them.
  @inline(__always)
  mutating func read(_ count: Int, into target: UnsafeMutableRawPointer) {
    var (target, rest) = unsafe (target, UInt(bitPattern: count))
    while left < rest {
      if let base = unsafe next {
        unsafe target.copyMemory(from: base, byteCount: Int(bitPattern: left))
      }
      unsafe target += Int(bitPattern: left)
      rest &-= left
      guard begin() else { return }
    }
    if let base = unsafe next {
      unsafe target.copyMemory(from: base, byteCount: Int(bitPattern: rest))
      unsafe next = base + Int(bitPattern: rest)
    }
    left &-= rest
  }

  /// Copies `count` bytes to the list, which must have room for them.
  @inline(__always)
  mutating func write(_ count: Int, from source: UnsafeRawPointer) {
    var (source, rest) = unsafe (source, UInt(bitPattern: count))
    while left < rest {
      if let base = unsafe next {
        unsafe base.copyMemory(from: source, byteCount: Int(bitPattern: left))
      }
      unsafe source += Int(bitPattern: left)
      rest &-= left
      guard begin() else { return }
    }
    if let base = unsafe next {
      unsafe base.copyMemory(from: source, byteCount: Int(bitPattern: rest))
      unsafe next = base + Int(bitPattern: rest)
    }
    left &-= rest
  }

  /// Goes on to the next element; there is none only if the list is shorter than was said.
  @inline(__always)
  private mutating func begin() -> Bool {
    guard unsafe element < end else { return false }
    unsafe (next, left) = (element.pointee.base, element.pointee.length)
    unsafe element += 1
    return true
  }
}

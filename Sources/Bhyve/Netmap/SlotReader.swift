internal import NetBackend

/// The elements that a frame is copied into, one after the other.
///
/// Source: bhyve `net_backends.c`, lines 636-637 and 651-676.
@safe struct SlotReader {
  private let elements: UnsafeBufferPointer<BufferElement>
  private var index = 0
  private var target: UnsafeMutableRawPointer?
  /// The bytes that are left in the element: an int, which of a greater length is the lower half.
  private var room = 0

  /// The beginning of a list that has an element.
  init(_ elements: UnsafeBufferPointer<BufferElement>) {
    unsafe self.elements = elements
    enter()
  }

  /// Copies the bytes of one slot; `false` if the elements ended first, which are full then.
  mutating func take(_ source: UnsafeRawPointer, _ length: Int) throws(RingFault) -> Bool {
    var (source, left) = unsafe (source, length)
    while true {
      let count = min(left, room)
      guard count >= 0 else { throw RingFault(what: "copy of a negative length", line: 655) }
      if let start = unsafe target {
        unsafe start.copyMemory(from: source, byteCount: count)
        unsafe target = start + count
      }
      unsafe source += count
      left -= count
      room -= count
      if left == 0 { return true }
      index += 1
      if unsafe index == elements.count { return false }
      enter()
    }
  }

  private mutating func enter() {
    unsafe target = elements[index].base
    room = unsafe Int(Int32(truncatingIfNeeded: elements[index].length))
  }
}

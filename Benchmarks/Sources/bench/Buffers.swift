import Glibc
import NetBackend

/// One buffer, as the elements that a side of a comparison uses.
@safe final class Buffers {
  let length: Int
  private let memory: UnsafeMutableRawPointer
  /// Whose memory it is, if it is not this one's.
  private let owner: Buffers?
  private let elements: UnsafeMutableBufferPointer<BufferElement>
  private let zeros: UnsafeMutableRawPointer

  /// Puts a vnet header of 10 zeros, an element of its own, in front of a frame.
  ///
  /// The frame stays where it is: where memory lies shows as much as what is measured.
  init(headerAnd frame: Buffers) {
    length = frame.length
    owner = frame
    unsafe memory = frame.memory
    unsafe zeros = .allocate(byteCount: 10, alignment: 16)
    unsafe zeros.initializeMemory(as: UInt8.self, repeating: 0, count: 10)
    unsafe elements = .allocate(capacity: 2)
    unsafe elements.initializeElement(at: 0, to: BufferElement(base: zeros, length: 10))
    unsafe elements.initializeElement(at: 1, to: BufferElement(base: memory, length: UInt(length)))
  }

  /// Allocates `length` bytes, the beginning of a frame, as `count` elements of about equal length.
  init(_ length: Int, elements count: Int = 1) {
    self.length = length
    owner = nil
    unsafe memory = .allocate(byteCount: length, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0x5A, count: length)
    let header: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xB5]
    unsafe memory.copyMemory(from: header, byteCount: min(length, header.count))
    unsafe zeros = .allocate(byteCount: 0, alignment: 16)
    unsafe elements = .allocate(capacity: count)
    for index in 0..<count {
      let (start, end) = (length * index / count, length * (index + 1) / count)
      unsafe elements.initializeElement(
        at: index,
        to: BufferElement(base: memory + start, length: UInt(end - start))
      )
    }
  }

  deinit {
    if owner == nil { unsafe memory.deallocate() }
    unsafe zeros.deallocate()
    unsafe elements.deallocate()
  }

  var count: Int32 { Int32(unsafe elements.count) }

  var bytes: UnsafeMutableRawBufferPointer { unsafe .init(start: memory, count: length) }

  var list: UnsafeBufferPointer<BufferElement> { unsafe UnsafeBufferPointer(elements) }

  /// The same elements as C knows them.
  var vector: UnsafePointer<iovec> {
    // A buffer element has the layout of an iovec, and there is at least one.
    unsafe UnsafeRawPointer(elements.baseAddress.unsafelyUnwrapped).assumingMemoryBound(
      to: iovec.self
    )
  }
}

import Glibc
import NetBackend

/// One buffer, as the elements that both sides of a comparison use.
@safe final class Buffers {
  let length: Int
  private let memory: UnsafeMutableRawPointer
  private let elements: UnsafeMutableBufferPointer<BufferElement>

  /// Allocates `length` bytes, the beginning of a frame, as `count` elements of about equal length.
  init(_ length: Int, elements count: Int = 1) {
    self.length = length
    unsafe memory = .allocate(byteCount: length, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0x5A, count: length)
    let header: [UInt8] = [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 0x88, 0xB5]
    unsafe memory.copyMemory(from: header, byteCount: min(length, header.count))
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
    unsafe memory.deallocate()
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

import Glibc
import NetBackend

/// One piece of memory, cut into elements at places that differ from call to call.
@safe final class ModelBuffers {
  /// What lies where nobody has written.
  static let untouched: UInt8 = 0xEE
  static let size = 1 << 18

  private let memory: UnsafeMutableRawPointer
  private let reference: UnsafeMutableRawPointer
  private let elements: UnsafeMutableBufferPointer<BufferElement>

  init() {
    // Made here and given back with this object; every element lies within.
    unsafe memory = .allocate(byteCount: Self.size, alignment: 64)
    unsafe reference = .allocate(byteCount: Self.size, alignment: 64)
    unsafe reference.initializeMemory(as: UInt8.self, repeating: Self.untouched, count: Self.size)
    unsafe elements = .allocate(capacity: 16)
    unsafe elements.initialize(repeating: BufferElement(base: nil, length: 0))
  }

  deinit {
    unsafe memory.deallocate()
    unsafe reference.deallocate()
    unsafe elements.deallocate()
  }

  /// Sends a frame from elements of random lengths.
  func send(
    _ frame: [UInt8],
    through backend: any NetBackend,
    _ random: inout ModelRandom
  ) -> ModelOutcome {
    unsafe frame.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress {
        unsafe memory.copyMemory(from: base, byteCount: bytes.count)
      }
    }
    let list = unsafe ScatterGatherList(unsafeElements: cut(frame.count, &random))
    do throws(BackendError) {
      return try backend.send(list).map { .length($0) } ?? .nothing
    } catch { return .refused(error.reason) }
  }

  /// Receives a frame into elements that have room for so many bytes.
  ///
  /// - Returns: The frame, with the bytes behind it that were written and should not have been.
  func receive(
    _ capacity: Int,
    from backend: any NetBackend,
    _ random: inout ModelRandom
  ) -> ModelOutcome {
    unsafe memory.initializeMemory(as: UInt8.self, repeating: Self.untouched, count: capacity + 64)
    let list = unsafe MutableScatterGatherList(unsafeElements: cut(capacity, &random))
    do throws(BackendError) {
      guard let length = try backend.receive(into: list) else { return .nothing }
      let bytes = unsafe UnsafeRawBufferPointer(start: memory, count: capacity + 64)
      guard length <= capacity else { return .length(length) }
      let rest = unsafe memory + length
      let isUntouched = unsafe memcmp(rest, reference, bytes.count - length) == 0
      return .frame(unsafe Array(isUntouched ? bytes[..<length] : bytes[...]))
    } catch { return .refused(error.reason) }
  }

  private func cut(
    _ length: Int,
    _ random: inout ModelRandom
  ) -> UnsafeBufferPointer<BufferElement> {
    let count = random.among(1...(random.oneIn(4) ? 16 : 3))
    var start = 0
    for index in 0..<count {
      let rest = length - start
      let part = index == count - 1 || rest == 0 ? rest : random.among(0...rest)
      // An element without bytes need not have an address.
      unsafe elements[index] = BufferElement(
        base: part == 0 ? nil : memory + start,
        length: UInt(part)
      )
      start += part
    }
    return unsafe UnsafeBufferPointer(rebasing: elements[..<count])
  }
}

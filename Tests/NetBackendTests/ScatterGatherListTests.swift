import NetBackend
import Testing

/// Lists over memory that the tests own.
@Suite struct ScatterGatherListTests {
  /// Element lengths, among them empty ones everywhere.
  static let splits: [[Int]] = [
    [], [0], [60], [0, 60], [60, 0], [14, 46], [1, 0, 0, 58, 1], [10, 10, 10, 10, 10, 10],
    Array(repeating: 1, count: 60),
  ]

  @Test("A list is the concatenation of its elements", arguments: splits)
  func gathers(lengths: [Int]) {
    let bytes = (0..<lengths.reduce(0, +)).map { UInt8($0) }
    withList(bytes, lengths) { list in
      #expect(list.totalLength == bytes.count)
      #expect(list.bytes() == bytes)
      #expect(list.count == lengths.count)
    }
  }

  @Test("Copying stops when the target is full", arguments: [0, 1, 13, 14, 15, 59, 60, 61])
  func gathersIntoLittle(room: Int) {
    let bytes = (0..<60).map { UInt8($0) }
    withList(bytes, [14, 0, 46]) { list in
      var target = [UInt8](repeating: 0xFF, count: room)
      let copied = unsafe target.withUnsafeMutableBytes { unsafe list.copyBytes(to: $0) }
      #expect(copied == min(room, 60))
      #expect(Array(target.prefix(copied)) == Array(bytes.prefix(copied)))
      #expect(target.dropFirst(copied).allSatisfy { $0 == 0xFF })
    }
  }

  @Test(
    "Storing fills the elements in order, from any offset",
    arguments: [0, 1, 9, 10, 11, 59, 60, 70]
  )
  func scatters(offset: Int) {
    let source = (1...20).map { UInt8($0) }
    var memory = [UInt8](repeating: 0, count: 60)
    let stored = withMutableList(&memory, [10, 0, 20, 30]) { $0.store(source, at: offset) }
    #expect(stored == max(0, min(20, 60 - offset)))
    var expected = [UInt8](repeating: 0, count: 60)
    for index in 0..<stored { expected[offset + index] = source[index] }
    #expect(memory == expected)
  }

  @Test("A sum that no signed number holds is no length")
  func overflows() {
    let huge = UInt(bitPattern: Int.max)
    for (lengths, sum) in [([huge], Int.max), ([huge, 1], nil), ([UInt.max, 2], nil)]
      as [([UInt], Int?)]
    {
      let elements = unsafe lengths.map { unsafe BufferElement(base: nil, length: $0) }
      unsafe elements.withUnsafeBufferPointer { buffer in
        let list = unsafe ScatterGatherList(unsafeElements: buffer)
        let room = unsafe MutableScatterGatherList(unsafeElements: buffer)
        #expect(list.totalLength == sum)
        #expect(list.bytes() == nil)
        #expect(room.capacity == sum ?? .max)
      }
    }
  }

  @Test("A list says how its elements lie in memory, as an iovec does")
  func layout() {
    #expect(unsafe MemoryLayout<BufferElement>.size == 16)
    #expect(unsafe MemoryLayout<BufferElement>.offset(of: \.base) == 0)
    #expect(unsafe MemoryLayout<BufferElement>.offset(of: \.length) == 8)
  }

  private func withList(
    _ bytes: [UInt8],
    _ lengths: [Int],
    _ body: (borrowing ScatterGatherList) -> Void
  ) {
    var memory = bytes
    unsafe memory.withUnsafeMutableBytes { memory in
      unsafe Self.elements(memory, lengths).withUnsafeBufferPointer {
        unsafe body(ScatterGatherList(unsafeElements: $0))
      }
    }
  }

  private func withMutableList<Value>(
    _ memory: inout [UInt8],
    _ lengths: [Int],
    _ body: (borrowing MutableScatterGatherList) -> Value
  ) -> Value {
    unsafe memory.withUnsafeMutableBytes { memory in
      unsafe Self.elements(memory, lengths).withUnsafeBufferPointer {
        unsafe body(MutableScatterGatherList(unsafeElements: $0))
      }
    }
  }

  private static func elements(
    _ memory: UnsafeMutableRawBufferPointer,
    _ lengths: [Int]
  ) -> [BufferElement] {
    var offset = 0
    return unsafe lengths.map { length in
      defer { offset += length }
      let base = length == 0 ? nil : unsafe memory.baseAddress.map { unsafe $0 + offset }
      return unsafe BufferElement(base: base, length: UInt(length))
    }
  }
}

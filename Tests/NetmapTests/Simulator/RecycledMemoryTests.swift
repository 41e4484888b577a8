import RingMemory
import Testing

@Suite("Memory that is used again")
struct RecycledMemoryTests {
  @Test(
    "it holds zeros, whatever was written to it before",
    arguments: [1, 4096, 5000, 1 << 17, 1 << 20]
  )
  func holdsZeros(_ count: Int) throws {
    for byte in UInt8(1)...20 {
      let memory = try SharedMemory.recycled(count: count)
      let bytes = unsafe UnsafeMutableRawBufferPointer(start: memory.base, count: count)
      #expect(unsafe bytes.allSatisfy { $0 == 0 })
      unsafe bytes.initializeMemory(as: UInt8.self, repeating: byte)
    }
  }

  @Test("a single byte anywhere is gone, and no two have the same bytes")
  func isClearedAllOver() throws {
    let count = 1 << 24
    for place in [0, 0, 4999, 4999, count / 2, count / 2, count - 1, count - 1] {
      let memories = try (0..<4).map { _ in try SharedMemory.recycled(count: count) }
      for (number, memory) in memories.enumerated() {
        #expect(unsafe memory.base.load(fromByteOffset: place, as: UInt8.self) == 0)
        unsafe memory.base.storeBytes(of: UInt8(number + 1), toByteOffset: place, as: UInt8.self)
      }
      for (number, memory) in memories.enumerated() {
        #expect(unsafe memory.base.load(fromByteOffset: place, as: UInt8.self) == number + 1)
      }
    }
  }

  @Test("none of no bytes can be had")
  func needsBytes() { #expect(throws: (any Error).self) { try SharedMemory.recycled(count: 0) } }
}

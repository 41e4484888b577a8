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

  @Test(
    "a scratch can be written all over, and no two have the same bytes",
    arguments: [5000, 1 << 20]
  )
  func scratch(_ count: Int) throws {
    for byte in UInt8(1)...20 {
      let memories = try (0..<3).map { _ in try SharedMemory.scratch(count: count) }
      for (number, memory) in memories.enumerated() {
        unsafe memory.base.initializeMemory(
          as: UInt8.self,
          repeating: byte &+ UInt8(number),
          count: count
        )
      }
      for (number, memory) in memories.enumerated() {
        let bytes = unsafe UnsafeRawBufferPointer(start: memory.base, count: count)
        #expect(unsafe bytes.allSatisfy { $0 == byte &+ UInt8(number) })
      }
    }
  }

  @Test("what a scratch held is not taken for zeros")
  func scratchIsKeptApart() throws {
    let count = 1 << 18
    for _ in 0..<3 {
      let scratch = try SharedMemory.scratch(count: count)
      unsafe scratch.base.initializeMemory(as: UInt8.self, repeating: 7, count: count)
    }
    let memory = try SharedMemory.recycled(count: count)
    let bytes = unsafe UnsafeRawBufferPointer(start: memory.base, count: count)
    #expect(unsafe bytes.allSatisfy { $0 == 0 })
  }

  @Test("none of no bytes can be had")
  func needsBytes() { #expect(throws: (any Error).self) { try SharedMemory.recycled(count: 0) } }
}

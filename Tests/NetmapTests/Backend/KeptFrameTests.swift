import NetBackend
import Netmap
import RingMemory
import Testing

/// How many calls were made before; after the first ones they take a shorter way.
private let earlierCalls = [0, 2000]

/// A frame of several slots is kept as it was found, for as long as nothing moves in its ring.
@Suite struct KeptFrameTests {
  private let backend: NetmapBackend<LoopedNetmap>
  private let ring: NetmapRing

  init() throws {
    let port = LoopedNetmap(slots: 8)
    backend = try NetmapBackend(OpenRequest(name: "netmap:loop0", loop: IdleLoop()) {}, port: port)
    ring = try #require(port.receiveRing)
    // Each buffer is filled with the number of its slot.
    for position in 0..<ring.slotCount {
      let buffer = unsafe ring.buffer(ring[position].bufferIndex)
      unsafe buffer.initializeMemory(as: UInt8.self, repeating: UInt8(position), count: 100)
    }
  }

  @Test(arguments: earlierCalls)
  func `What was peeked at is received, whatever its slots say by now`(calls: Int) throws {
    try look(calls)
    arrive([20, 30])
    #expect(try backend.peekLength() == 50)
    ring[0].length = 70
    ring[1] = NetmapSlot(bufferIndex: .max, length: .max, flags: .moreFragments)
    #expect(try backend.peekLength() == 50)
    // Its first slot alone would be a frame now.
    ring[0].flags = []
    #expect(try backend.peekLength() == 50)
    #expect(try backend.takeFrame() == bytes([(0, 20), (1, 30)]))
    #expect(ring.head == 2)
  }

  @Test(arguments: earlierCalls)
  func `What was peeked at is discarded, whatever its slots say by now`(calls: Int) throws {
    try look(calls)
    arrive([20, 30])
    #expect(try backend.peekLength() == 50)
    ring[1].flags = .moreFragments
    #expect(try backend.discard() == 50)
    #expect(ring.head == 2)
  }

  @Test(arguments: earlierCalls)
  func `When more has come, the slots are read again`(calls: Int) throws {
    try look(calls)
    arrive([20, 30])
    #expect(try backend.peekLength() == 50)
    ring[0].length = 10
    arrive([5])
    #expect(try backend.takeFrame() == bytes([(0, 10), (1, 30)]))
    #expect(try backend.takeFrame() == bytes([(2, 5)]))
  }

  @Test(arguments: earlierCalls)
  func `A frame of one slot is read by each call anew`(calls: Int) throws {
    try look(calls)
    arrive([20])
    #expect(try backend.peekLength() == 20)
    ring[0].length = 10
    #expect(try backend.peekLength() == 10)
    ring[0].length = 30
    #expect(try backend.takeFrame() == bytes([(0, 30)]))
  }

  @Test(arguments: earlierCalls)
  func `What was read of half a frame is not kept`(calls: Int) throws {
    try look(calls)
    arrive([20, 30, 40])
    #expect(try backend.peekLength() == 90)
    // While the last slot is away, another one is read that cannot be right.
    let index = ring[1].bufferIndex
    ring.tail = 2
    ring[1].bufferIndex = .max
    #expect(try backend.peekLength() == nil)
    ring.tail = 3
    #expect(try backend.takeFrame() == nil)
    #expect(backend.drops.receiveCorrupt == 1)
    #expect(ring.head == 3)
    ring[1].bufferIndex = index
  }

  @Test(arguments: earlierCalls)
  func `What was given back is not received again where the ring comes round`(calls: Int) throws {
    try look(calls)
    arrive([20, 30])
    #expect(try backend.peekLength() == 50)
    #expect(try backend.takeFrame() == bytes([(0, 20), (1, 30)]))
    for position in 2..<8 {
      arrive([10])
      #expect(try backend.takeFrame() == bytes([(position, 10)]))
    }
    // The ring's indices are what they were when the first frame was found.
    arrive([40, 50])
    #expect(try backend.takeFrame() == bytes([(0, 40), (1, 50)]))
  }

  /// Looks for a frame that often while there is none.
  private func look(_ calls: Int) throws {
    for _ in 0..<calls { #expect(try backend.peekLength() == nil) }
  }

  /// Lets a frame arrive in as many slots as lengths are given.
  private func arrive(_ lengths: [UInt16]) {
    var tail = ring.tail
    for (number, length) in lengths.enumerated() {
      ring[tail].length = length
      ring[tail].flags = number < lengths.count - 1 ? .moreFragments : []
      tail = ring.indices.next(tail)
    }
    ring.tail = tail
  }

  /// The bytes of parts of slots.
  private func bytes(_ parts: [(slot: Int, count: Int)]) -> [UInt8] {
    parts.flatMap { Array(repeating: UInt8($0.slot), count: $0.count) }
  }
}

extension NetBackend {
  /// Receives a frame of at most 200 bytes into two elements.
  fileprivate func takeFrame() throws -> [UInt8]? {
    var bytes = [UInt8](repeating: 0xEE, count: 200)
    let length = try unsafe bytes.withUnsafeMutableBytes { bytes in
      let base = try unsafe #require(bytes.baseAddress)
      let elements = unsafe [
        BufferElement(base: base, length: 15), BufferElement(base: base + 15, length: 185),
      ]
      // Elements and bytes are there for the call.
      return try unsafe elements.withUnsafeBufferPointer { elements in
        try receive(into: unsafe MutableScatterGatherList(unsafeElements: elements))
      }
    }
    return length.map { Array(bytes.prefix($0)) }
  }
}

import Netmap
import RingMemory
import Testing

@Suite("What a simulated switch learns")
struct SwitchLearningTests {
  static let first: [UInt8] = [2, 0, 0, 0, 0, 0xa]
  static let second: [UInt8] = [2, 0, 0, 0, 0, 0xb]
  static let unknown: [UInt8] = [2, 0, 0, 0, 0, 0xf]

  let kernel = SimulatedNetmapKernel()
  let ports: [BoundPort]

  init() throws {
    ports = try ["a", "b", "c"].map { [kernel] in try BoundPort(kernel, "vale0:\($0)") }
  }

  /// Sends frames from one port; returns the lengths that each port got.
  private func play(
    _ port: Int,
    _ frames: [(length: Int, to: [UInt8], from: [UInt8])],
    flags: NetmapSlotFlags = []
  ) throws -> [[Int]] {
    try ports[port].send(
      frames.map {
        SentSlot(bytes: Sample.frame($0.length, to: $0.to, from: $0.from), flags: flags)
      }
    )
    return try ports.map { try $0.take().map(\.length) }
  }

  @Test(
    "an address that is not known, and a group, reach everybody but the sender",
    arguments: [unknown, Sample.broadcast, [1, 0, 0x5e, 0, 0, 1]]
  )
  func floods(_ destination: [UInt8]) throws {
    #expect(try play(0, [(60, destination, Self.first)]) == [[], [60], [60]])
  }

  @Test("an address that was a source reaches its port alone")
  func learns() throws {
    _ = try play(1, [(60, Sample.broadcast, Self.second)])
    #expect(try play(0, [(61, Self.second, Self.first)]) == [[], [61], []])
    #expect(try play(2, [(62, Self.first, Self.unknown)]) == [[62], [], []])
  }

  @Test("a frame to the sender's own address is dropped")
  func dropsOwn() throws {
    _ = try play(0, [(60, Sample.broadcast, Self.first)])
    #expect(try play(0, [(61, Self.first, Self.second)]) == [[], [], []])
    #expect(try kernel.counters(of: "vale0:a").undirected == 1)
  }

  @Test("a group is not learned as a source")
  func doesNotLearnGroups() throws {
    let group: [UInt8] = [3, 0, 0, 0, 0, 1]
    _ = try play(1, [(60, Sample.broadcast, group)])
    // A destination of that address would be a group anyhow, so nothing else can be seen.
    #expect(try play(0, [(61, group, Self.first)]) == [[], [61], [61]])
  }

  @Test("the flag that says not to learn changes nothing")
  func ignoresNoLearn() throws {
    _ = try play(1, [(60, Sample.broadcast, Self.second)], flags: .noLearn)
    #expect(try play(0, [(61, Self.second, Self.first)]) == [[], [61], []])
  }

  @Test("a source that comes back to where it was last is not learned again")
  func remembersTheLastSource() throws {
    _ = try play(0, [(60, Sample.broadcast, Self.first)])
    _ = try play(1, [(60, Sample.broadcast, Self.first)])
    _ = try play(0, [(60, Sample.broadcast, Self.first)])
    #expect(try play(2, [(61, Self.first, Self.unknown)]) == [[], [61], []])
    // With another source between it is.
    _ = try play(0, [(60, Sample.broadcast, Self.second)])
    _ = try play(0, [(60, Sample.broadcast, Self.first)])
    #expect(try play(2, [(61, Self.first, Self.unknown)]) == [[61], [], []])
  }

  @Test("frames of one batch keep their order, whoever they are for")
  func keepsTheOrder() throws {
    _ = try play(1, [(60, Sample.broadcast, Self.second)])
    let frames = [61, 62, 63, 64].map {
      (length: $0, to: $0 % 2 == 1 ? Self.second : Sample.broadcast, from: Self.first)
    }
    #expect(try play(0, frames) == [[], [61, 62, 63, 64], [62, 64]])
  }

  @Test("what is learned from a batch holds for the rest of the batch")
  func learnsWithinABatch() throws {
    let frames = [(length: 60, to: Self.unknown, from: Self.first), (61, Self.first, Self.second)]
    #expect(try play(0, frames) == [[], [60], [60]])
  }

  @Test("the addresses of a port that closed go to nobody, then to the next port")
  func keepsAddressesOfClosedPorts() throws {
    _ = try play(2, [(60, Sample.broadcast, Self.second)])
    try ports[2].close()
    try ports[0].send(Sample.frame(61, to: Self.second, from: Self.first))
    #expect(try ports[1].take().isEmpty)
    let next = try BoundPort(kernel, "vale0:d")
    try ports[0].send(Sample.frame(62, to: Self.second, from: Self.first))
    #expect(try next.take().map(\.length) == [62])
    #expect(try ports[1].take().isEmpty)
  }

  @Test("switches know nothing of each other")
  func areApart() throws {
    let other = try BoundPort(kernel, "vale1:a")
    _ = try play(0, [(60, Sample.broadcast, Self.first)])
    #expect(try other.take().isEmpty)
    try other.send(Sample.frame(60))
    #expect(try ports.flatMap { try $0.take() }.isEmpty)
    #expect(try kernel.counters(of: "vale1:a").undirected == 1)
  }

  @Test("broadcasts go to the first ring, the others to the ring they came from")
  func choosesRings() throws {
    let kernel = SimulatedNetmapKernel()
    let sender = try BoundPort(kernel, "vale0:a", rings: 2)
    let receiver = try BoundPort(kernel, "vale0:b", rings: 2)
    try receiver.send([SentSlot(bytes: Sample.frame(60, from: Self.second))], on: 1)
    #expect(try sender.take(on: 0).count == 1)
    for ring in 0..<2 {
      try sender.send([SentSlot(bytes: Sample.frame(60 + ring))], on: ring)
      #expect(try receiver.take(on: 0).map(\.length) == [60 + ring])
      #expect(try receiver.take(on: 1).isEmpty)
      try sender.send([SentSlot(bytes: Sample.frame(70 + ring, to: Self.second))], on: ring)
      #expect(try receiver.take(on: ring).map(\.length) == [70 + ring])
      #expect(try receiver.take(on: 1 - ring).isEmpty)
    }
  }

  @Test("a port that is bound to send only is passed over")
  func passesOver() throws {
    let request = NetmapRegistration(port: "vale0:d", flags: .transmitRingsOnly)
    _ = try BoundPort(kernel, request)
    #expect(try play(0, [(60, Sample.broadcast, Self.first)]) == [[], [60], [60]])
    #expect(try kernel.counters(of: "vale0:d").missed == 1)
  }
}

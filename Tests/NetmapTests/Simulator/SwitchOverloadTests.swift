import Netmap
import RingMemory
import Testing

@Suite("A full receiver on a simulated switch")
struct SwitchOverloadTests {
  /// A frame that says its number.
  static func frame(_ number: Int) -> [UInt8] {
    Sample.frame(58) + [UInt8(number >> 8), UInt8(number & 0xff)]
  }

  static func number(_ slot: ReceivedSlot) -> Int {
    Int(slot.bytes[58]) << 8 | Int(slot.bytes[59])
  }

  @Test("the oldest frames are kept, the others lost, and the sender sees nothing of it")
  func keepsTheOldest() throws {
    let link = try SwitchLink()
    var number = 0
    for (count, expected) in [
      (1023, "1023/1023/1022"), (1023, "1022/1022/1021"), (954, "952/952/951"),
    ] {
      try link.sender.send((number..<number + count).map { SentSlot(bytes: Self.frame($0)) })
      number += count
      #expect("\(Indices(link.sender.transmitRing))" == expected)
    }
    #expect(Indices(link.receiver.receiveRing) == Indices(0, 0, 0))
    let received = try link.receiver.received()
    #expect(Indices(link.receiver.receiveRing) == Indices(0, 0, 1023))
    #expect(received.map(Self.number) == Array(0..<1023))
    link.receiver.releaseAll()
    try link.receiver.syncReceive()
    #expect(Indices(link.receiver.receiveRing) == Indices(1023, 1023, 1023))
    try link.sender.send(Self.frame(3000))
    #expect(try link.receiver.received().map(Self.number) == [3000])
    #expect(Indices(link.receiver.receiveRing) == Indices(1023, 1023, 0))
    #expect(try link.kernel.counters(of: "vale0:b").missed == 1977)
  }

  @Test("a chain that does not fit takes everything behind it in the same sync along")
  func losesWhatIsBehind() throws {
    let link = try SwitchLink()
    try link.sender.send((0..<1021).map { SentSlot(bytes: Self.frame($0)) })
    try link.sender.send(
      Sample.frame(153).fragments([50, 51, 52]) + [SentSlot(bytes: Sample.frame(60))]
    )
    #expect(try link.receiver.received().count == 1021)
    try link.sender.send([70, 71, 72].map { SentSlot(bytes: Sample.frame($0)) })
    #expect(try link.receiver.received().suffix(3).map(\.length) == [60, 70, 71])
  }

  @Test("slots are only free once the program has released them and synced")
  func freesSlots() throws {
    let link = try SwitchLink(slots: 4)
    for number in 0..<3 { try link.sender.send(Self.frame(number)) }
    #expect(try link.receiver.received().count == 3)
    link.receiver.releaseAll()
    try link.sender.send(Self.frame(3))
    try link.receiver.syncReceive()
    #expect(Indices(link.receiver.receiveRing) == Indices(3, 3, 3))
    try link.sender.send(Self.frame(4))
    #expect(try link.receiver.received().map(Self.number) == [4])
  }

  @Test("a sync of more than 1024 slots goes in batches, which are full on their own")
  func goesInBatches() throws {
    let link = try SwitchLink(slots: 4096)
    try link.sender.send((0..<3000).map { SentSlot(bytes: Self.frame($0)) })
    #expect(try link.receiver.received().map(Self.number) == Array(0..<3000))
  }

  @Test("rings of any number of slots go round", arguments: [2, 3, 5, 7, 1000])
  func goesRound(_ slots: Int) throws {
    let link = try SwitchLink(slots: slots)
    for number in 0..<3 * slots {
      try link.sender.send(Self.frame(number))
      #expect(try link.receiver.take().map(Self.number) == [number])
    }
  }
}

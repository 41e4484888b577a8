import NetBackend
import Testing
import XenNetif

@Suite("The groups of a frontend")
struct NetbackMulticastTests {
  private static func change(
    _ type: ExtraType,
    _ last: UInt8,
    id: UInt16 = 1
  ) -> [TransmitSlot] {
    let group = MulticastExtra(address: [1, 0, 0x5E, 0, 0, last])
    return [.data(-1, 0, 8, id: id), .extra(group.extra(type))]
  }

  private func delivered(_ bench: NetbackBench, _ address: [UInt8]) throws -> Bool {
    try bench.post(1)
    #expect(try bench.send(SampleFrame.plain(60, to: address)) == 60)
    return !bench.frontend.receive.takeFrames().isEmpty
  }

  @Test("are let through, and no others, if it asks for that", arguments: ["1", "0"])
  func filter(_ key: String) throws {
    let bench = try NetbackBench(frontendKeys: ["request-multicast-control": key])
    let pages = try GuestPages(1, of: bench)
    bench.publish(Self.change(.multicastAdd, 0xFB), pages)
    #expect(bench.responses(0..<2) == ["1:0", "null"])
    #expect(try delivered(bench, [1, 0, 0x5E, 0, 0, 0xFB]))
    #expect(try delivered(bench, [1, 0, 0x5E, 0, 0, 0xFC]) == (key == "0"))
    #expect(try delivered(bench, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]))
    #expect(try delivered(bench, [0, 0x16, 0x3E, 0, 0, 1]))
    #expect(bench.netback.drops.sendFailed == (key == "0" ? 0 : 1))
    bench.publish(Self.change(.multicastDelete, 0xFB, id: 2), pages, at: 2)
    #expect(bench.responses(2..<4) == ["2:0", "null"])
    #expect(try delivered(bench, [1, 0, 0x5E, 0, 0, 0xFB]) == (key == "0"))
  }

  @Test("are kept while it switches the filter")
  func dynamic() throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(1, of: bench)
    bench.publish(Self.change(.multicastAdd, 0xFB), pages)
    for key in ["0", "1", "0", "1"] {
      try bench.frontend.write(key, to: "request-multicast-control")
      bench.loop.settle()
      #expect(try delivered(bench, [1, 0, 0x5E, 0, 0, 0xFC]) == (key == "0"))
      #expect(try delivered(bench, [1, 0, 0x5E, 0, 0, 0xFB]))
    }
  }

  @Test("are not filtered if that was not offered")
  func notOffered() throws {
    let bench = try NetbackBench(.freeBSD, frontendKeys: ["request-multicast-control": "1"])
    #expect(try delivered(bench, [1, 0, 0x5E, 0, 0, 0xFC]))
  }

  // Measured: Linux 6.1.192.
  @Test("are 64 at most, and the same one may be in the list twice", arguments: [true, false])
  func limit(_ isSame: Bool) throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(1, of: bench)
    for number in 0..<66 {
      let id = UInt16(number)
      let slots = Self.change(.multicastAdd, isSame && number < 65 ? 0 : UInt8(number), id: id)
      bench.publish(slots, pages, at: UInt32(number * 2))
      let index = UInt32(number * 2)
      #expect(bench.responses(index..<index + 2) == ["\(id):\(number < 64 ? 0 : -1)", "null"])
    }
    bench.publish(Self.change(.multicastDelete, 0, id: 70), pages, at: 132)
    bench.publish(Self.change(.multicastAdd, 99, id: 71), pages, at: 134)
    bench.publish(Self.change(.multicastAdd, 98, id: 72), pages, at: 136)
    #expect(bench.responses(132..<138) == ["70:0", "null", "71:0", "null", "72:-1", "null"])
  }

  @Test("take one place each in the narrow policy")
  func noDuplicates() throws {
    let bench = try NetbackBench(.strict)
    let pages = try GuestPages(1, of: bench)
    for number in 0..<100 as Range<UInt32> {
      bench.publish(Self.change(.multicastAdd, 7, id: 3), pages, at: number * 2)
      #expect(bench.responses(number * 2..<number * 2 + 1) == ["3:0"])
    }
  }
}

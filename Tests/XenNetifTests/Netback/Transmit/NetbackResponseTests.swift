import Testing
import XenNetif

@Suite("The responses of a netback")
struct NetbackResponseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var slots: [TransmitSlot]
    /// What the ring holds afterwards, slot by slot.
    var responses: [String]
    /// The frames, each as its pieces: page, offset, length.
    var frames: [[(Int, Int, Int)]]
  }

  private static let group = MulticastExtra(address: [1, 0, 0x5E, 0, 0, 0xFB])

  // Measured: Linux 6.1.192.
  static let linux: [Case] = [
    Case(
      testDescription: "one slot",
      slots: [.data(0, 60, at: 0x40, id: 7)],
      responses: ["7:0"],
      frames: [[(0, 0x40, 60)]]
    ),
    Case(
      testDescription: "128 and 64 bytes",
      slots: [.data(0, 128, id: 7), .data(1, 64, id: 9)],
      responses: ["7:0", "9:0"],
      frames: [[(0, 0, 128)], [(1, 0, 64)]]
    ),
    Case(
      testDescription: "129 and 64 bytes",
      slots: [.data(0, 129, id: 7), .data(1, 64, id: 9)],
      responses: ["9:0", "7:0"],
      frames: [[(0, 0, 129)], [(1, 0, 64)]]
    ),
    Case(
      testDescription: "long and short ones",
      slots: [
        .data(0, 1000, id: 1), .data(1, 60, id: 2), .data(2, 2000, id: 3), .data(3, 64, id: 4),
      ],
      responses: ["2:0", "4:0", "1:0", "3:0"],
      frames: [[(0, 0, 1000)], [(1, 0, 60)], [(2, 0, 2000)], [(3, 0, 64)]]
    ),
    Case(
      testDescription: "three slots, then one",
      slots: [
        .data(0, 200, 4, id: 1), .data(1, 40, 4, id: 2), .data(2, 50, id: 3), .data(3, 64, id: 4),
      ],
      responses: ["1:0", "4:0", "2:0", "3:0"],
      frames: [[(0, 0, 110), (1, 0, 40), (2, 0, 50)], [(3, 0, 64)]]
    ),
    Case(
      testDescription: "empty slots at the end",
      slots: [
        .data(0, 100, 4, id: 1), .data(-1, 0, 4, id: 2), .data(-1, 0, id: 3), .data(3, 64, id: 9),
      ],
      responses: ["2:0", "3:0", "1:0", "9:0"],
      frames: [[(0, 0, 100)], [(3, 0, 64)]]
    ),
    Case(
      testDescription: "a short one and a bad grant among others",
      slots: [
        .data(0, 1000, id: 1), .data(1, 13, id: 2), .data(2, 2000, id: 3), .data(-1, 500, id: 4),
        .data(3, 64, id: 5),
      ],
      responses: ["2:-1", "1:0", "4:-1", "5:0", "3:0"],
      frames: [[(0, 0, 1000)], [(2, 0, 2000)], [(3, 0, 64)]]
    ),
    Case(
      testDescription: "a bad grant behind the head",
      slots: [
        .data(0, 1000, 4, id: 16), .data(-1, 300, 4, id: 17), .data(2, 400, id: 18),
        .data(3, 64, id: 9),
      ],
      responses: ["17:-1", "16:0", "18:0", "9:0"],
      frames: [[(3, 0, 64)]]
    ),
    Case(
      testDescription: "a bad grant in a short head",
      slots: [.data(-1, 200, 4, id: 1), .data(1, 40, 4, id: 2), .data(2, 50, id: 3)],
      responses: ["1:-1", "2:-1", "3:0"],
      frames: []
    ),
    Case(
      testDescription: "a bad grant in a long head",
      slots: [.data(-1, 1000, 4, id: 1), .data(1, 300, 4, id: 2), .data(2, 400, id: 3)],
      responses: ["1:-1", "2:0", "3:0"],
      frames: []
    ),
    Case(
      testDescription: "a group between frames",
      slots: [
        .data(0, 60, id: 1), .data(-1, 0, 8, id: 2), .extra(group.extra(.multicastAdd)),
        .data(1, 61, id: 3),
      ],
      responses: ["2:0", "null", "1:0", "3:0"],
      frames: [[(0, 0, 60)], [(1, 0, 61)]]
    ),
    Case(
      testDescription: "more bytes behind than there are",
      slots: [.data(0, 100, 4, id: 1), .data(1, 200, id: 2), .data(2, 64, id: 9)],
      responses: ["1:-1", "2:-1", "9:0"],
      frames: [[(2, 0, 64)]]
    ),
    Case(
      testDescription: "an extra on a frame of several slots",
      slots: [
        .data(0, 1000, 0xC, id: 1), .extra(HashExtra(type: 1, value: 0xFFFF_FFFF).extra()),
        .data(1, 400, id: 2),
      ],
      responses: ["1:0", "null", "2:0"],
      frames: [[(0, 0, 600), (1, 0, 400)]]
    ),
  ]

  @Test("come in Linux's order", arguments: linux)
  func linuxOrder(_ row: Case) throws { try play(row, .linux, row.responses) }

  /// The same rows in the order of the slots; a failure is told of all slots of its packet or not.
  @Test("come in the order of the slots", arguments: linux)
  func slotOrder(_ row: Case) throws {
    let ids = row.slots.map { slot -> String in
      guard case .data(_, _, _, _, let id) = slot else { return "null" }
      return row.responses.first { $0.hasPrefix("\(id):") } ?? "\(id):?"
    }
    var policy = NetbackPolicy.linux
    policy.responseOrder = .inOrder
    try play(row, policy, ids.map { $0.hasPrefix("2:-1") && ids[0] == "1:-1" ? nil : $0 })
  }

  private func play(_ row: Case, _ policy: NetbackPolicy, _ expected: [String?]) throws {
    let bench = try NetbackBench(policy)
    let pages = try GuestPages(4, of: bench)
    bench.publish(row.slots, pages)
    let found = bench.responses(0..<UInt32(row.slots.count))
    for (found, expected) in zip(found, expected) where expected != nil {
      #expect(found == expected)
    }
    let frames = row.frames.map { $0.flatMap { pages.bytes($0.0, $0.1, $0.2) } }
    #expect(try bench.receiveAll() == frames)
    #expect(bench.producedResponses == UInt32(row.slots.count))
    #expect(bench.transmitEvent == UInt32(row.slots.count) + 1)
    #expect(bench.frontend.transmit.page.isUnusedIntact)
  }
}

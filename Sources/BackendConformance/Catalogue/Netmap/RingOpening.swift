/// Opening a netmap port: its name, its rings, and memory that cannot be what it says.
enum RingOpening {
  static let all = [
    impossibleGeometryIsNamed, offsetsAreRefused, oneSlotIsRefused, oneRing, exclusiveIsBusy,
    nameFollowsTheGrammar,
  ]

  private static let families = RingBench.families
  private static let slow = BenchOptions(families: RingBench.slow)

  /// A field, what it says, and the field that the error names.
  private struct Forgery {
    var field: String
    var values: [Int]
    var named: String?
  }

  private static let forgeries: [Forgery] =
    ringForgeries("transmit.") + ringForgeries("receive.") + [
      Forgery(field: "ni_tx_rings", values: [0, 1025, 0xFFFF_FFFF], named: "ni_tx_rings"),
      Forgery(field: "ni_rx_rings", values: [0, 1025, 0xFFFF_FFFF], named: "ni_rx_rings"),
      Forgery(field: "ni_host_tx_rings", values: [1025, 0xFFFF_FFFF], named: "ni_host_tx_rings"),
      Forgery(field: "nr_offset", values: [4, -8, 1 << 40, Int.min], named: "nr_offset"),
      Forgery(field: "nr_memsize", values: [1, 55, 100, 4096, 12_288, 12_544]),
    ]

  private static func ringForgeries(_ side: String) -> [Forgery] {
    let slots = [0, 1, 1_000_000_000, 1 << 31, 0xFFFF_FFFF]
    let sizes = [0, 65_537, 1 << 31, 0xFFFF_FFFF]
    let offsets = [1 << 40, -(1 << 40), Int.max, Int.min]
    return [
      Forgery(field: side + "num_slots", values: slots, named: "num_slots"),
      Forgery(field: side + "nr_buf_size", values: sizes, named: "nr_buf_size"),
      Forgery(field: side + "buf_ofs", values: offsets, named: "buf_ofs"),
      // What is wrong with the offset of a ring may be found only where it leads.
      Forgery(field: side + "ring_ofs", values: [4, 12_289, 1 << 40, -8, Int.min, Int.max]),
    ]
  }

  static let impossibleGeometryIsNamed = Requirement(
    "ring-open/impossible-geometry-is-named",
    .must,
    "a geometry that cannot be is refused with the field's name and value, gives everything back, and "
      + "the next attempt works",
    because:
      "every address of a frame is worked out from these numbers; one that is wrong is found at "
      + "open, or by whoever owns the memory that is overwritten",
    sources: ["netmap.h: struct netmap_if, struct netmap_ring", "netmap_user.h nm_mmap"],
    families: families,
    hint: "the mapping believed because the kernel made it"
  ) {
    for forgery in forgeries {
      for value in forgery.values {
        Script("\(forgery.field) is \(value)", bench: RingBench.with([forgery.field: value])) {
          Step.open().allowing(refusal(value, forgery.named))
          Step.ledger
          Step.open()
          Step.traffic()
          Step.close
          Step.ledger
        }
      }
    }
  }

  private static func refusal(_ value: Int, _ named: String?) -> Outcome {
    guard let named else { return Outcome(.explainedError(["corruptRing"])) }
    let found = UInt64(bitPattern: Int64(value))
    return Outcome(.explainedError(["corruptRing(\(named): \(found))"]))
  }

  static let offsetsAreRefused = Requirement(
    "ring-open/offsets-are-refused",
    .must,
    "a port whose slots may carry offsets into their buffers is refused by a backend that does not "
      + "honour them",
    because:
      "each frame begins so many bytes further on; who does not know delivers what lies in front",
    sources: ["netmap.h: offset_mask, NETMAP_REQ_OPT_OFFSETS"],
    families: families,
    hint: "a field that older headers did not have, and nobody looks at"
  ) {
    for mask in [0x7F, 0xFFF, 0xFFFF, -1] {
      for side in ["transmit", "receive"] {
        Script(
          "mask \(mask), \(side)",
          bench: RingBench.with([side + ".offset_mask": mask])
        ) {
          Step.open().allowing(Outcome(.explainedError([])))
          Step.ledger
          Step.open()
          Step.traffic()
        }
      }
    }
  }

  static let oneSlotIsRefused = Requirement(
    "ring-open/one-slot-is-refused",
    .must,
    "a port with rings of one slot, which the kernel makes readily, is refused; two are enough",
    because: "one slot always stays empty: nothing could ever be sent or received",
    sources: ["netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "a ring without room found full for ever"
  ) {
    for (transmit, receive) in [(1, 1), (1, 8), (8, 1)] {
      Script(
        "\(transmit) and \(receive)",
        bench: RingBench.with(["transmitSlots": transmit, "receiveSlots": receive])
      ) {
        Step.open().allowing(Outcome(.explainedError(["corruptRing(num_slots: 1)"])))
        Step.ledger
      }
    }
    for (transmit, receive) in [(2, 2), (2, 3), (3, 2), (1000, 2)] {
      Script(
        "\(transmit) and \(receive)",
        bench: RingBench.with(["transmitSlots": transmit, "receiveSlots": receive])
      ) {
        Step.open()
        for seed in 1...5 {
          Step.traffic(seed: seed)
          // Gives the slot back.
          Step.receive()
        }
      }
    }
  }

  static let oneRing = Requirement(
    "ring-open/one-ring-of-several",
    .must,
    "a name that asks for one ring opens that ring and serves it",
    because:
      "a program for each ring of a card is how several processors share it; each must get its "
      + "own",
    sources: ["netmap_user.h nm_parse", "netmap(4): NR_REG_ONE_NIC", Source.seed(492...493)],
    families: RingBench.slow,
    hint: "ring 0 used whichever was bound"
  ) {
    for number in 0..<4 {
      let ring = RingName(.receive, number)
      Script("ring \(number) of 4", bench: RingBench.with(slots: 8, rings: 4).slow) {
        Step.open("netmap:card0-\(number)")
        Step.publish(FramePattern(60), slots: [.last(60)], to: ring)
        Step.receive(FramePattern(60))
        Step.indices(of: ring, head: 1)
        Step.send(FramePattern(60, seed: 2))
        Step.indices(of: RingName(.transmit, number), head: 1)
        Step.collect(FramePattern(60, seed: 2))
      }
    }
  }

  static let exclusiveIsBusy = Requirement(
    "ring-open/exclusive-is-busy",
    .should,
    "rings that are bound exclusively are refused to the next as busy, and are free again once closed",
    because: "two programs that both read one ring take each other's frames at random",
    sources: ["netmap.h: NR_EXCLUSIVE", "netmap utils/tests/001 to 003"],
    families: families,
    hint: "the flag in the name parsed and dropped"
  ) {
    for port in ["netmap:card0", "vale7:x"] {
      for (first, second) in [("/x", ""), ("", "/x"), ("/x", "/x")] {
        Script("\(port)\(first), then \(port)\(second)") {
          Step.open(port + first).orUnsupported
          Step.open(port + second).on(1).allowing(Outcome(.explainedError(["busy"])))
          Step.close
          Step.open(port + second).on(1)
          Step.close.on(1)
          Step.ledger
        }
      }
    }
  }

  /// Names that nm_parse or the kernel would not take, or would cut.
  private static let badNames = [
    "netmap:", "netmap:eth 0", "netmap:eth0-", "netmap:eth0-x", "netmap:eth0-0-1",
    "netmap:eth0-99999",
    "netmap:eth0{", "netmap:eth0}", "netmap:eth0{x", "netmap:eth0/q", "netmap:eth0/",
    "netmap:eth0@",
    "netmap:eth0@x", "netmap:../null", "netmap:eth0\n", "netmap:eth0\u{0}",
    "netmap:interface-with-a-long-name",
    "netmap:abcdefghijklmnop", "vale", "vale0", "vale0:", "vale:1", "vale-0:1", "vale0:1:2",
    "vale0:a b",
    "vale0:a.b", "vale0:1/q", "vale0:1{", "vale0:abcdefghij", "vale0abcdefghi:1", "vale0:../x",
  ]

  static let nameFollowsTheGrammar = Requirement(
    "ring-open/name-follows-the-grammar",
    .must,
    "a name that is none of netmap's is refused before any system call, and never cut",
    because:
      "the name goes into 16 bytes: cut, it is that of another port, whose owner then sees a "
      + "stranger's frames",
    sources: [Source.seed(405...412), Source.seed(480...481), "netmap_user.h nm_parse", "vale(4)"],
    families: families,
    hint: "a copy that truncates, or what follows the name left unread"
  ) {
    for name in badNames {
      Script(Notation.quoted(name)) {
        Step.open(name).allowing(Outcome(.explainedError(["invalidName"])))
        Step.calls().allowing(Outcome(.calls([])))
      }
    }
    for name in ["vale7:x", "vale_a:B_9", "vale7:ABCDEFGHI", "vale7:x/z", "valeA:1/x"] {
      Script(Notation.quoted(name)) {
        Step.open(name)
        Step.send(FramePattern(60))
        Step.close
        Step.ledger
      }
    }
  }
}

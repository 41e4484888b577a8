/// How a frame is laid out in the slots of a ring to send from.
enum RingSending {
  static let all = [
    everyLengthPasses, slotsArePacked, noEmptySlot, allButTheLastHaveMore, onlyItsSlots,
    indicesAreBehind, anyNumberOfSlots, flagsAreWrittenAfresh, slotKeepsItsBuffer, eachSendIsSynced,
  ]

  private static let families = RingBench.families

  static let everyLengthPasses = Requirement(
    "ring-send/every-length-passes",
    .must,
    "a frame of any length around the multiples of a buffer's length arrives whole, and no slot is "
      + "longer than its buffer",
    because:
      "the byte in which a frame and its slots differ is the one that nobody tests: it is cut "
      + "off, or read from the buffer behind",
    sources: ["netmap.h: struct netmap_slot", Source.seed(553...585)],
    families: families,
    hint: "the rest of a division taken for the length of the last slot, which is 0 for a multiple"
  ) {
    for size in RingBench.bufferSizes {
      for multiple in [1, 2, 3, 4, 7] {
        for length in (multiple * size - 1)...(multiple * size + 1) {
          Script("\(length) bytes, buffers of \(size)", bench: RingBench.with(bufferSize: size)) {
            Step.open()
            Step.send(FramePattern(length))
            Step.collect(FramePattern(length))
            Step.send(FramePattern(length, seed: 2), elements: [14, length - 15, 1])
            Step.collect(FramePattern(length, seed: 2))
          }
        }
      }
    }
  }

  static let slotsArePacked = Requirement(
    "ring-send/slots-are-packed",
    .should,
    "a frame takes as many slots as its bytes fill, however many elements it comes in",
    because:
      "a slot for each element ends the frames of guests that send their headers in elements "
      + "of a few bytes: the ring is full of buffers that are nearly empty",
    sources: [Source.seed(553...585), "QEMU net/netmap.c netmap_receive_iov"],
    families: families,
    hint: "a new slot begun with each element"
  ) {
    for size in [64, 512, 2048] {
      for (length, split) in splits(bufferSize: size) {
        let slots = SlotPattern.packed(length, bufferSize: size)
        Script(
          "\(length) bytes in \(Notation.list(split)), buffers of \(size)",
          bench: RingBench.with(bufferSize: size)
        ) {
          Step.open()
          Step.send(FramePattern(length), elements: split)
          Step.slots(of: .transmit, from: 0, slots)
          Step.indices(of: .transmit, head: slots.count, current: slots.count)
          Step.collect(FramePattern(length))
        }
      }
    }
  }

  private static func splits(bufferSize size: Int) -> [(Int, [Int])] {
    let seeded = (1...4).map { seed in
      let length = [60, size, 2 * size + 1, 4 * size - 1][seed - 1]
      return (length, Splits.random(length, parts: 3 + 5 * seed, seed: UInt64(seed)))
    }
    return [
      (2000, Array(repeating: 50, count: 40)), (100, Array(repeating: 1, count: 100)),
      (60, [0, 60]), (60, [60, 0]), (size, [14, size - 14]), (size + 14, [14, size]),
      (2 * size, [size - 1, size, 1]),
    ] + seeded
  }

  static let noEmptySlot = Requirement(
    "ring-send/exact-multiple-has-no-empty-slot",
    .must,
    "a frame that fills its slots exactly has no empty slot at its end",
    because:
      "a device takes the slot of length 0 for a frame of its own, or waits for what follows",
    sources: [Source.seed(553...585), "netmap issue 802"],
    families: families,
    hint: "a new slot taken as soon as one is full, before looking whether anything is left"
  ) {
    for size in RingBench.bufferSizes {
      for count in [1, 2, 3, 8] {
        let length = count * size
        let whole = Array(repeating: size, count: count)
        let parts = count > 1 ? [whole, whole + [0], whole.flatMap { [$0, 0] }] : []
        for split in [[length], [length, 0], [0, length]] + parts {
          Script(
            "\(Notation.list(split)), buffers of \(size)",
            bench: RingBench.with(bufferSize: size)
          ) {
            Step.open()
            Step.send(FramePattern(length), elements: split)
            Step.slots(of: .transmit, from: 0, SlotPattern.packed(length, bufferSize: size))
            Step.indices(of: .transmit, head: count, current: count)
            Step.send(FramePattern(60, seed: 2))
            Step.indices(of: .transmit, head: count + 1)
            Step.collect(FramePattern(length), FramePattern(60, seed: 2))
          }
        }
      }
    }
  }

  static let allButTheLastHaveMore = Requirement(
    "ring-send/all-slots-but-the-last-have-more",
    .must,
    "every slot of a frame but the last one says that the frame goes on, and the last one does not",
    because: "a frame without its end swallows the next one, and one without a middle becomes two",
    sources: ["netmap.h: NS_MOREFRAG", Source.seed(571...571), Source.seed(590...590)],
    families: families,
    hint: "the flag set when a slot is full, also on the last one"
  ) {
    for count in [1, 2, 3, 4, 5, 8, 31, 32, 33, 63, 64] {
      for rest in [1, 64] {
        let length = (count - 1) * 64 + max(rest, count == 1 ? 14 : 0)
        Script("\(count) slots, \(rest) bytes in the last", bench: RingBench.with(bufferSize: 64)) {
          Step.open()
          for number in 0..<3 {
            Step.send(FramePattern(length, seed: number))
            Step.slots(
              of: .transmit,
              from: number * count,
              SlotPattern.packed(length, bufferSize: 64)
            )
          }
          Step.collect(FramePattern(length, seed: 0, count: 3))
        }
      }
    }
  }

  static let onlyItsSlots = Requirement(
    "ring-send/only-its-own-slots-are-touched",
    .must,
    "a send changes the slots of its frame and their buffers, and no other",
    because: "what lies outside of head and tail is the kernel's: it may be on its way out",
    sources: ["netmap(4), TRANSMIT RINGS"],
    families: families,
    hint: "the slot behind the frame prepared for the next one"
  ) {
    for size in [3, 5, 8, 1000] {
      for position in RingBench.positions(of: size) {
        let count = min(size - 1, 1 + position % 3)
        let touched = (0..<count).map { (position + $0) % size }.sorted()
        Script("\(count) of \(size) slots from \(position) on", bench: short(size)) {
          Step.open()
          Step.emptyTransmit(at: position, of: size)
          Step.rememberRing(.receive)
          Step.rememberRing(.transmit)
          Step.send(FramePattern(count * 64))
          Step.changes(of: .transmit, slots: touched)
          Step.changes(of: .receive, slots: [])
        }
      }
    }
  }

  private static func short(_ size: Int) -> BenchOptions {
    RingBench.with(slots: size, bufferSize: 64)
  }

  static let indicesAreBehind = Requirement(
    "ring-send/indices-are-behind-the-frame",
    .must,
    "after a send head and current are both the slot behind the frame's last one",
    because: "the kernel refuses a current that is not between head and tail, sends nothing, and "
      + "returns 0 all the same",
    sources: [Source.seed(591...594), "netmap.c nm_txsync_prologue"],
    families: families,
    hint: "current set in front of the loop over the slots, or not at all"
  ) {
    for count in [1, 2, 3, 7] {
      for rounds in [1, 3, 20] {
        Script("\(rounds) frames of \(count) slots", bench: short(8)) {
          Step.open()
          for round in 1...rounds {
            Step.send(FramePattern(count * 64))
            Step.indices(
              of: .transmit,
              head: round * count % 8,
              current: round * count % 8,
              tail: (round * count + 7) % 8
            )
          }
        }
      }
    }
  }

  static let anyNumberOfSlots = Requirement(
    "ring-send/any-number-of-slots",
    .must,
    "a ring of any number of slots is used round and round, from whatever position",
    because: "the kernel makes rings of 1000 slots as readily as of 1024, and what is right for "
      + "powers of two writes beyond the others",
    sources: ["netmap(4)", "netmap_mem2.c", "netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "positions that are masked with the number of slots less one"
  ) {
    for size in RingBench.sizes {
      for position in RingBench.positions(of: size) {
        for count in Set([1, min(2, size - 1), min(4, size - 1)]).sorted() {
          Script("\(count) of \(size) slots from \(position) on", bench: short(size)) {
            Step.open()
            Step.emptyTransmit(at: position, of: size)
            for round in 1...4 {
              Step.send(FramePattern(count * 64 - 1, seed: round))
              Step.indices(of: .transmit, head: (position + round * count) % size)
              Step.collect(FramePattern(count * 64 - 1, seed: round))
            }
          }
        }
      }
    }
  }

  static let flagsAreWrittenAfresh = Requirement(
    "ring-send/flags-are-written-afresh",
    .must,
    "a slot that is sent has no flag but the one for more, whatever it had before",
    because:
      "an old flag for more joins two frames; one for an indirect buffer has the kernel read "
      + "at an address that nobody wrote",
    sources: ["netmap.h: NS_*", Source.seed(571...571), Source.seed(590...590)],
    families: families,
    hint: "flags added to those that are there"
  ) {
    for flags in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x0300, 0xFFFF] {
      for count in [1, 3] {
        Script("flags 0x\(String(flags, radix: 16)), \(count) slots", bench: short(8)) {
          Step.open()
          for position in 0...count {
            Step.set(.transmit, slot: position, SlotPattern(flags: flags))
          }
          Step.send(FramePattern(count * 64))
          Step.slots(of: .transmit, from: 0, SlotPattern.packed(count * 64, bufferSize: 64))
          Step.collect(FramePattern(count * 64))
        }
      }
    }
  }

  static let slotKeepsItsBuffer = Requirement(
    "ring-send/slot-keeps-its-buffer",
    .must,
    "the bytes go into the buffer that the slot names, whichever that is, and it still names it then",
    because:
      "programs that pass frames on without copying swap the buffers of slots; a backend that "
      + "counts them writes into a frame that is being sent",
    sources: ["netmap.h: NS_BUF_CHANGED", Source.seed(549...552)],
    families: families,
    hint: "indices remembered from the time the ring was opened, or worked out from the position"
  ) {
    for buffers in [[100, 101, 102], [102, 101, 100], [4097, 2000, 4096]] {
      Script("buffers \(Notation.list(buffers))", bench: RingBench.with(slots: 8)) {
        Step.open()
        for (position, buffer) in buffers.enumerated() {
          Step.set(.transmit, slot: position, SlotPattern(buffer: buffer))
        }
        Step.send(FramePattern(60))
        Step.send(FramePattern(4000, seed: 2))
        Step.slots(of: .transmit, from: 0, buffers.map { SlotPattern(buffer: $0) })
        Step.collect(FramePattern(60), FramePattern(4000, seed: 2))
      }
    }
  }

  static let eachSendIsSynced = Requirement(
    "ring-send/each-send-is-synced",
    .must,
    "every send has the kernel look at the ring, also one that found no room",
    because:
      "a ring that was bound without sending on poll is looked at only then: frames, and room, "
      + "wait for the next send",
    sources: [Source.seed(483...483), Source.seed(595...596), "netmap.h: NETMAP_NO_TX_POLL"],
    families: families,
    hint: "the sync left to the event loop, or left out on the way of a frame that is dropped"
  ) {
    for count in [1, 2, 5] {
      Script("\(count) frames", bench: RingBench.with(slots: 8)) {
        Step.open()
        Step.calls()
        for seed in 0..<count {
          Step.send(FramePattern(60, seed: seed))
          Step.calls("NIOCTXSYNC", 1...2)
          Step.collect(FramePattern(60, seed: seed))
        }
      }
    }
    for free in 0...3 {
      Script("no room, \(free) slots free", bench: RingBench.with(slots: 8).slow) {
        Step.open()
        Step.fill(8, free: free)
        Step.calls()
        Step.send(FramePattern(free * 2048 + 60)).allowing(.nothing, .error("dropped"))
        Step.calls("NIOCTXSYNC", 1...Int.max)
      }
    }
  }
}

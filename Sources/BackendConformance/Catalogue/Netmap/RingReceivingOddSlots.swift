/// Slots to receive from that are unfinished, empty, strange or wrong.
enum RingReceivingOddSlots {
  static let all = [
    unfinishedChainIsNoFrame, unfinishedChainDoesNotSpin, endlessChainDoesNotWedge, emptySlots,
    emptyFragments, overlongSlot, impossibleBuffer, fragmentCount, unknownFlags,
  ]

  private static let families = RingBench.families
  private static let good = FramePattern(60, seed: 9)
  private static let bench = RingBench.with(slots: 16)

  /// What may be seen of a frame that cannot be right: it is passed over, or named once.
  private static let goodOrCorrupt: [Outcome] = [.length(60), .error("corruptRing")]

  static let unfinishedChainIsNoFrame = Requirement(
    "ring-receive/unfinished-chain-is-no-frame",
    .must,
    "a chain whose last slot has not come counts as no frame, and is received whole once it has",
    because:
      "bhyve's peek adds up what is there, while its receive finds nothing: the frontend asks "
      + "again and again, and the thread never ends",
    sources: [
      Source.seed(601...619), Source.seed(643...644), "QEMU net/netmap.c netmap_send",
      "netmap commit 96ee5161",
    ],
    families: families,
    hint: "a sum that ends at the tail without looking at the last flag"
  ) {
    for count in [2, 3, 5, 15] {
      for first in Set([1, count / 2, count - 1]).sorted() where first > 0 {
        for position in [0, 14] {
          let frame = FramePattern(count * 64)
          let slots = SlotPattern.packed(frame.length, bufferSize: 64)
          let rest = FramePattern(bytes: Array(frame.contents().dropFirst(first * 64)))
          Script(
            "\(first) of \(count) slots from \(position) on",
            bench: RingBench.with(slots: 16, bufferSize: 64)
          ) {
            Step.open()
            Step.emptyReceive(at: position)
            Step.publish(
              FramePattern(bytes: Array(frame.contents().prefix(first * 64))),
              slots: Array(slots.prefix(first))
            )
            Step.repeated(3) {
              Step.peek
              Step.receive()
              Step.discard
            }
            Step.indices(of: .receive, head: position)
            Step.publish(rest, slots: Array(slots.dropFirst(first)))
            Step.peek(frame)
            Step.receive(frame)
            Step.receive()
          }
        }
      }
    }
    Script("behind a whole frame", bench: bench) {
      Step.open()
      Step.publish(FramePattern(60), slots: [.last(60)])
      Step.publish(good, slots: [.more(30)])
      Step.receive(FramePattern(60))
      Step.peek
      Step.receive()
    }
  }

  static let unfinishedChainDoesNotSpin = Requirement(
    "ring-receive/unfinished-chain-does-not-spin",
    .should,
    "once a callback has found that a chain is unfinished, the loop sleeps until more comes, and then "
      + "there is a callback again",
    because:
      "the ring counts as readable as long as current says that its slots are news: the thread "
      + "turns at full speed over half a frame",
    sources: ["netmap.h: cur", "netmap 89607e1 on Linux, measured", "crosvm commit 28a9d2b70"],
    families: families,
    hint: "current left at head when there is no whole frame"
  ) {
    for count in [2, 3, 8] {
      let frame = FramePattern(count * 20)
      let first = FramePattern(bytes: Array(frame.contents().prefix(20)))
      let rest = FramePattern(bytes: Array(frame.contents().dropFirst(20)))
      for (name, call) in [
        ("peeks", Step.peek), ("receives", Step.receive()), ("discards", Step.discard),
      ] {
        Script("1 of \(count) slots, the callback \(name)", bench: bench) {
          Step.open()
          Step.whenCalledBack { call }
          Step.enableReceive
          Step.publish(first, slots: [.more(20)])
          Step(.runLoop(turns: 10), allowed: [.callbacks(0...1)])
          Step.runLoop(turns: 10, callbacks: 0)
          Step.whenCalledBack { Step.receive(frame) }
          Step.publish(
            rest,
            slots: Array(repeating: SlotPattern.more(20), count: count - 2) + [.last(20)]
          )
          Step.awaitCallbacks()
          Step.runLoop(callbacks: 0)
        }
      }
    }
  }

  static let endlessChainDoesNotWedge = Requirement(
    "ring-receive/endless-chain-does-not-wedge",
    .must,
    "a chain that fills the ring without an end is dropped, and later frames pass",
    because: "the end has nowhere to go: if the backend waits for it the ring stays full for ever",
    sources: ["netmap(4): one slot always stays empty", "FreeBSD-SA-24:17"],
    families: families,
    hint: "a full ring of one chain taken for one that is not complete yet"
  ) {
    for size in [2, 3, 5, 16] {
      for position in [0, size - 1] {
        Script("\(size) slots from \(position) on", bench: RingBench.with(slots: size)) {
          Step.open()
          Step.emptyReceive(at: position)
          Step.publish(
            FramePattern((size - 1) * 100),
            slots: Array(repeating: .more(100), count: size - 1)
          )
          Step.peek.allowing(.nothing, .error("corruptRing"))
          Step.receive()
          Step.inject(good)
          Step.receive(good)
        }
      }
    }
  }

  static let emptySlots = Requirement(
    "ring-receive/empty-slots-are-passed-over",
    .must,
    "slots of length 0 that belong to no chain are given back, and the frame behind them is found",
    because:
      "a switch fills slots that it does not need with empty ones; bhyve's peek says 0 for ever, "
      + "and what is behind them is never received",
    sources: [
      Source.seed(601...619), "netmap_vale.c: leases that are not used", "netmap issue 802",
      "netmap 89607e1 on Linux, measured",
    ],
    families: families,
    hint: "a length of 0 taken for an empty ring"
  ) {
    for count in [1, 2, 5, 14] {
      let empty = Array(repeating: SlotPattern.last(0), count: count)
      for (name, step) in [
        ("receive", Step.receive(good)), ("peek", Step.peek(good)), ("discard", Step.discard(good)),
      ] {
        Script("\(count) in front, \(name)", bench: bench) {
          Step.open()
          Step.publish(FramePattern(60), slots: empty)
          Step.publish(good, slots: [.last(60)])
          step
        }
      }
      Script("\(count) alone", bench: bench) {
        Step.open()
        Step.publish(FramePattern(60), slots: empty)
        Step.repeated(2) {
          Step.peek
          Step.receive()
          Step.discard
        }
        Step.publish(good, slots: [.last(60)])
        Step.receive(good)
      }
    }
    Script("between frames", bench: bench) {
      Step.open()
      for seed in 1...3 {
        Step.publish(FramePattern(60, seed: seed), slots: [.last(60)])
        Step.publish(good, slots: [.last(0), .last(0)])
      }
      for seed in 1...3 { Step.receive(FramePattern(60, seed: seed)) }
      Step.receive()
    }
  }

  static let emptyFragments = Requirement(
    "ring-receive/empty-slot-in-a-chain-is-part-of-it",
    .must,
    "a slot of length 0 anywhere in a chain adds nothing to the frame and does not end it",
    because: "a switch delivers a fragment that its receiver's buffer cannot hold with length 0",
    sources: ["netmap 89607e1 on Linux, measured", Source.seed(601...619)],
    families: families,
    hint: "a loop over the slots that ends at length 0"
  ) {
    let full: [SlotPattern] = [.more(20), .more(20), .last(20)]
    for place in 0...3 {
      for count in [1, 2, 5] {
        let empty = Array(repeating: SlotPattern.more(0), count: count)
        let slots =
          place == 3
          ? [.more(20), .more(20), .more(20)] + empty.dropLast() + [.last(0)]
          : Array(full[..<place]) + empty + Array(full[place...])
        Script("\(count) behind \(place) slots with bytes", bench: bench) {
          Step.open()
          Step.publish(FramePattern(60), slots: slots)
          Step.publish(good, slots: [.last(60)])
          Step.peek(FramePattern(60))
          Step.receive(FramePattern(60))
          Step.receive(good)
        }
      }
    }
    Script("a full slot and an empty one", bench: bench) {
      Step.open()
      Step.publish(FramePattern(2048), slots: [.more(2048), .last(0)])
      Step.receive(FramePattern(2048))
      Step.indices(of: .receive, head: 2)
    }
  }

  static let overlongSlot = Requirement(
    "ring-receive/overlong-slot-is-not-followed",
    .must,
    "a slot longer than its buffer is not read: its frame is dropped or named, and the next one passes",
    because: "the bytes behind a buffer are those of another guest's frame, or of no memory at all",
    sources: ["suricata PR 16040", "netmap.c netmap_ring_reinit", Source.seed(649...655)],
    families: families,
    hint: "the length in the slot believed"
  ) {
    for size in [64, 512, 2048] {
      for length in [size + 1, 2 * size, 9000, 65_535] where length > size {
        for place in 0..<4 {
          // Alone, or first, second or last of three.
          let slots: [SlotPattern] =
            place == 3
            ? [.last(length)]
            : (0..<3).map { number in
              let own = number == place ? length : 20
              return number < 2 ? .more(own) : .last(own)
            }
          Script(
            "\(length) bytes in a buffer of \(size), place \(place)",
            bench: RingBench.with(slots: 16, bufferSize: size)
          ) {
            Step.open()
            Step.publish(FramePattern(60), slots: slots)
            Step.publish(good, slots: [.last(60)])
            Step.peek.allowing(any: goodOrCorrupt)
            Step.receive(good)
            Step.receive()
          }
        }
      }
    }
  }

  static let impossibleBuffer = Requirement(
    "ring-receive/impossible-buffer-is-not-read",
    .must,
    "a slot whose buffer is 0, 1 or beyond the pool is not read: its frame is dropped or named, and the "
      + "next one passes",
    because:
      "an index is turned into an address by a multiplication: whoever writes it chooses what "
      + "is read",
    sources: ["netmap.c netmap_ring_reinit", Source.seed(649...655)],
    families: families,
    hint: "the index in the slot believed"
  ) {
    for buffer in [0, 1, 4098, 100_000, 1 << 31, Int(UInt32.max)] {
      for count in [1, 2, 3] {
        for bad in 0..<count {
          let slots = (0..<count).map { number in
            SlotPattern(
              length: 20,
              flags: number < count - 1 ? 0x20 : 0,
              buffer: number == bad ? buffer : nil
            )
          }
          Script("buffer \(buffer) in slot \(bad + 1) of \(count)", bench: bench) {
            Step.open()
            Step.publish(FramePattern(60), slots: slots)
            Step.publish(good, slots: [.last(60)])
            Step.peek.allowing(any: goodOrCorrupt)
            Step.receive(good)
            Step.receive()
          }
        }
      }
    }
  }

  static let fragmentCount = Requirement(
    "ring-receive/fragment-count-is-no-flag",
    .must,
    "the number of fragments that a switch writes beside the flags changes nothing",
    because:
      "it is in the high byte of the flags of each slot from a switch, and of none from a card: "
      + "what was tested on one does not work on the other",
    sources: ["netmap_vale.c nm_vale_flush", "netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "flags compared as a whole"
  ) {
    for count in [1, 2, 3, 8] {
      for high in Set([0, 1, count, 64, 255]).sorted() {
        let slots = (1...count).map { number in
          SlotPattern(length: 20, flags: high << 8 | (number < count ? 0x20 : 0))
        }
        let frame = FramePattern(20 * count)
        Script("\(count) slots that say \(high)", bench: bench) {
          Step.open()
          Step.publish(frame, slots: slots)
          Step.publish(good, slots: [SlotPattern(length: 60, flags: 0x0100)])
          Step.peek(frame)
          Step.receive(frame)
          Step.receive(good)
        }
      }
    }
  }

  static let unknownFlags = Requirement(
    "ring-receive/unknown-flags-are-ignored",
    .must,
    "flags other than the one for more, known ones or not, change nothing in what is received",
    because:
      "netmap has added flags before; a backend that drops or splits frames for them fails with "
      + "the next kernel",
    sources: ["netmap.h: NS_*"],
    families: families,
    hint: "frames with flags that are not expected are dropped"
  ) {
    for flags in [0x01, 0x02, 0x04, 0x08, 0x10, 0x40, 0x80, 0xDF] {
      Script("flags 0x\(String(flags, radix: 16))", bench: bench) {
        Step.open()
        Step.publish(FramePattern(60), slots: [SlotPattern(length: 60, flags: flags)])
        Step.publish(
          FramePattern(60, seed: 2),
          slots: [
            SlotPattern(length: 20, flags: flags | 0x20), .more(20),
            SlotPattern(length: 20, flags: flags),
          ]
        )
        Step.publish(good, slots: [.last(60)])
        Step.receive(FramePattern(60))
        Step.receive(FramePattern(60, seed: 2))
        Step.receive(good)
      }
    }
  }
}

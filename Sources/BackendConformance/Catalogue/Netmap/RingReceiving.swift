/// How frames are found in the slots of a ring to receive from, and the slots given back.
enum RingReceiving {
  static let all = [
    chainsAreReceivedWhole, onlyArrivedSlots, peekChangesNothing, refusedFrameStaysOrGoesWhole,
    anyNumberOfSlots, slotsGoBackSoon, anyChainIsDiscarded, everyRingIsServed,
    failingSyncIsReported,
  ]

  private static let families = RingBench.families
  private static let next = FramePattern(60, seed: 9)

  /// A ring of short buffers.
  private static func short(_ slots: Int) -> BenchOptions {
    RingBench.with(slots: slots, bufferSize: 64)
  }

  static let chainsAreReceivedWhole = Requirement(
    "ring-receive/chain-is-received-whole",
    .must,
    "a frame in any number of slots is received whole, and head and current are then behind its last "
      + "slot",
    because: "a head in the middle of a chain hands the rest of the frame out as the next one",
    sources: [
      Source.seed(643...683), "netmap(4), RECEIVE RINGS", "netmap 89607e1 on Linux, measured",
    ],
    families: families,
    hint: "head moved by one slot, or chains counted in a fixed array"
  ) {
    for count in [1, 2, 3, 4, 8, 31, 32, 33, 63, 64, 65, 128, 255] {
      for rest in [1, 64] {
        let length = (count - 1) * 64 + rest
        let frame = FramePattern(max(length, 14))
        Script("\(count) slots, \(rest) bytes in the last", bench: RingBench.with(bufferSize: 64)) {
          Step.open()
          Step.publish(frame, slots: SlotPattern.packed(frame.length, bufferSize: 64))
          Step.publish(next, slots: [.last(60)])
          Step.peek(frame)
          Step.receive(frame, into: Splits.even(frame.length, size: 50).asRoom + [0])
          Step.indices(of: .receive, head: count, current: count, tail: count + 1)
          Step.receive(next)
          Step.indices(of: .receive, head: count + 1, current: count + 1)
        }
      }
    }
    for lengths in [[1, 59], [14, 1, 45], [60, 0], [0, 60], [20, 0, 40], [1, 1, 1, 57]] {
      let slots = lengths.enumerated().map {
        $0 == lengths.count - 1 ? SlotPattern.last($1) : .more($1)
      }
      Script("slots of \(Notation.list(lengths)) bytes", bench: RingBench.with(slots: 8)) {
        Step.open()
        Step.publish(FramePattern(60), slots: slots)
        Step.publish(next, slots: [.last(60)])
        Step.peek(FramePattern(60))
        Step.receive(FramePattern(60), into: [59, 1])
        Step.indices(of: .receive, head: lengths.count)
        Step.receive(next)
      }
    }
  }

  static let onlyArrivedSlots = Requirement(
    "ring-receive/only-arrived-slots-are-read",
    .must,
    "slots from the tail on are not looked at, whatever they hold",
    because: "there lies what was received a round ago: it would be delivered a second time",
    sources: ["netmap(4), RECEIVE RINGS"],
    families: families,
    hint: "a slot taken for new because its length is not 0"
  ) {
    for size in [3, 5, 8] {
      for position in 0..<size {
        for flags in [0, 0x20] {
          Script("\(size) slots from \(position) on, flags \(flags)", bench: short(size)) {
            Step.open()
            Step.emptyReceive(at: position)
            for other in 0..<size {
              Step.set(.receive, slot: other, SlotPattern(length: 60, flags: flags))
            }
            Step.peek
            Step.receive()
            Step.discard
            Step.publish(next, slots: [.last(60)])
            Step.peek(next)
            Step.receive(next)
            Step.peek
            Step.receive()
            Step.discard
            Step.indices(of: .receive, head: (position + 1) % size)
          }
        }
      }
    }
  }

  static let peekChangesNothing = Requirement(
    "ring-receive/peek-changes-nothing",
    .must,
    "peeking at a frame changes no index and no slot, however often",
    because:
      "a slot that is given back while the frame has only been looked at is overwritten by the "
      + "kernel before it is received",
    sources: [Source.seed(601...619)],
    families: families,
    hint: "the position kept in head or current while the lengths are added up"
  ) {
    for count in [1, 2, 5, 7] {
      for position in [0, 5] {
        let frame = FramePattern(count * 64)
        Script("\(count) slots from \(position) on", bench: short(8)) {
          Step.open()
          Step.emptyReceive(at: position)
          Step.publish(frame, slots: SlotPattern.packed(frame.length, bufferSize: 64))
          Step.peek(frame)
          Step.rememberRing(.receive)
          Step.rememberRing(.transmit)
          Step.repeated(5) { Step.peek(frame) }
          Step.changes(of: .receive, slots: [], indices: false)
          Step.changes(of: .transmit, slots: [], indices: false)
          Step.receive(frame)
        }
      }
    }
  }

  static let refusedFrameStaysOrGoesWhole = Requirement(
    "ring-receive/refused-frame-stays-or-goes-whole",
    .must,
    "after a receive with too little room head is where it was or behind the whole frame",
    because: "what follows a frame of which a part was given back begins in the middle of it",
    sources: [Source.seed(669...672)],
    families: families,
    hint: "head moved with each slot that was copied"
  ) {
    for count in [1, 2, 3, 7] {
      for missing in [1, 63, 64, 65] where missing < count * 64 {
        let frame = FramePattern(count * 64)
        Script(
          "\(count) slots, \(missing) bytes too few",
          bench: RingBench.with(slots: 16, bufferSize: 64)
        ) {
          Step.open()
          Step.publish(frame, slots: SlotPattern.packed(frame.length, bufferSize: 64))
          Step.publish(next, slots: [.last(60)])
          Step.receive(into: [UInt(frame.length - missing)])
            .allowing(.noSpace(required: frame.length))
          Step.indices(of: .receive, head: 0)
            .allowing(
              Outcome(.ring(.indices(head: 0, current: nil, tail: nil)), label: "kept"),
              Outcome(.ring(.indices(head: count, current: nil, tail: nil)), label: "dropped")
            )
            .choosing("a frame without room is")
          Step.receive()
            .allowing(
              Outcome(.frame(frame), label: "kept"),
              Outcome(.frame(next), label: "dropped")
            )
            .choosing("a frame without room is")
        }
      }
    }
  }

  static let anyNumberOfSlots = Requirement(
    "ring-receive/any-number-of-slots",
    .must,
    "a ring of any number of slots is read round and round, from whatever position",
    because: "a chain that goes over the end of the ring is the one case that no short test meets",
    sources: ["netmap(4)", "netmap_mem2.c", "netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "positions that are masked with the number of slots less one"
  ) {
    for size in RingBench.sizes {
      for position in RingBench.positions(of: size) {
        for count in Set([1, min(2, size - 1), min(4, size - 1)]).sorted() {
          let frame = FramePattern(count * 64 - 1)
          Script("\(count) of \(size) slots from \(position) on", bench: short(size)) {
            Step.open()
            Step.emptyReceive(at: position)
            for round in 1...4 {
              Step.publish(frame, slots: SlotPattern.packed(frame.length, bufferSize: 64))
              Step.peek(frame)
              Step.receive(frame)
              Step.indices(of: .receive, head: (position + round * count) % size)
              Step.receive()
            }
          }
        }
      }
    }
  }

  static let slotsGoBackSoon = Requirement(
    "ring-receive/slots-go-back-soon",
    .should,
    "once everything has been received, and the loop has turned, the kernel has all slots but one to "
      + "fill again",
    because:
      "a slot that is given back one frame late is missing from then on: a ring of two is dead, "
      + "and a short one drops frames under load",
    sources: [Source.seed(682...683), "netmap(4), RECEIVE RINGS"],
    families: families,
    hint: "the last slot kept until the next frame is received"
  ) {
    for size in [2, 3, 8, 64] {
      Script(
        "\(size) slots filled and emptied, from the far side",
        bench: RingBench.with(slots: size)
      ) {
        Step.open()
        Step.enableReceive
        for round in 0..<3 {
          for number in 1..<size { Step.inject(FramePattern(60, seed: round * size + number)) }
          Step.awaitCallbacks()
          for number in 1..<size { Step.receive(FramePattern(60, seed: round * size + number)) }
          Step.indices(of: .receive, head: (round + 1) * (size - 1) % size)
          Step.runLoop(callbacks: 0)
        }
      }
      Script("\(size) slots filled and emptied, from the device", bench: short(size)) {
        Step.open()
        Step.enableReceive
        Step.repeated(3) {
          Step.publish(
            FramePattern((size - 1) * 64),
            slots: SlotPattern.packed((size - 1) * 64, bufferSize: 64)
          )
          Step.awaitCallbacks()
          Step.receive(FramePattern((size - 1) * 64))
          Step.runLoop(callbacks: 0)
        }
      }
    }
  }

  static let anyChainIsDiscarded = Requirement(
    "ring-receive/any-chain-is-discarded",
    .must,
    "discard gets rid of any frame that the ring can hold, also one that no buffer would",
    because:
      "a frame that can be neither received nor discarded stays at the head for ever, and the "
      + "network is dead behind it",
    sources: [Source.seed(669...672), Source.seed(867...880)],
    families: families,
    hint: "discard as a receive into a buffer of 65,600 bytes"
  ) {
    for count in [1, 2, 32, 33, 34, 64, 255] {
      let frame = FramePattern(count * 2048)
      Script("\(count) slots of 2048 bytes", bench: RingBench.with()) {
        Step.open()
        Step.publish(frame, slots: SlotPattern.packed(frame.length, bufferSize: 2048))
        Step.publish(next, slots: [.last(60)])
        Step.discard(frame)
        Step.indices(of: .receive, head: count, current: count)
        Step.receive(next)
      }
    }
  }

  static let everyRingIsServed = Requirement(
    "ring-receive/every-ring-is-served",
    .must,
    "of a port with several rings, frames are received from every one that was opened",
    because: "a card spreads its flows over its rings: some connections work, and others never do",
    sources: [Source.seed(492...493), "netmap commit 1e5db462 (issue 392)"],
    families: families,
    hint: "all rings opened, and the first one used"
  ) {
    for rings in [2, 3, 4, 8] {
      for number in 0..<rings {
        let ring = RingName(.receive, number)
        Script("ring \(number) of \(rings)", bench: RingBench.with(slots: 8, rings: rings)) {
          Step.open()
          Step.enableReceive
          Step.publish(next, slots: [.last(60)], to: ring)
          Step.awaitCallbacks()
          Step.peek(next)
          Step.receive(next, into: [30, 30])
          Step.indices(of: ring, head: 1, current: 1)
          Step.publish(FramePattern(4096), slots: [.more(2048), .last(2048)], to: ring)
          Step.discard(FramePattern(4096))
          Step.runLoop(callbacks: 0)
        }
      }
      Script("\(rings) rings at once", bench: RingBench.with(slots: 8, rings: rings)) {
        Step.open()
        Step.repeated(3) {
          for number in 0..<rings {
            Step.publish(FramePattern(60), slots: [.last(60)], to: RingName(.receive, number))
          }
          for _ in 0..<rings { Step.receive(FramePattern(60)) }
          Step.receive()
        }
      }
    }
  }

  /// What a sync can fail with.
  private static let errnos: [Int32] = [
    ErrorNumber.io, ErrorNumber.noDeviceOrAddress, ErrorNumber.badDescriptor,
    ErrorNumber.outOfMemory,
    ErrorNumber.noDevice, ErrorNumber.invalid,
  ]

  static let failingSyncIsReported = Requirement(
    "ring-receive/failing-sync-is-reported",
    .must,
    "a sync that fails while there is nothing in the ring is an error, and no loss for later frames",
    because:
      "a card that was taken away has nothing waiting, now and for ever; only the failed sync "
      + "tells that from a quiet network",
    sources: [Source.seed(595...598), "netmap.c netmap_ioctl"],
    families: families,
    hint: "the result of the ioctl thrown away"
  ) {
    for errno in errnos {
      for (name, step) in [
        ("receive", Step.receive()), ("peek", Step.peek), ("discard", Step.discard),
      ] {
        Script("\(name), errno \(errno)", bench: RingBench.with(slots: 8)) {
          Step.open()
          Step.fault("NIOCRXSYNC", .fails(errno))
          step.allowing(Outcome(.systemError([], errno: errno)))
          Step.inject(next)
          Step.receive(next)
        }
      }
    }
  }
}

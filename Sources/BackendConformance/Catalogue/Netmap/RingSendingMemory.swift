/// Sending into a ring whose memory is not what the backend last saw, or not what it can be.
enum RingSendingMemory {
  static let all = [
    followsTheRing, impossibleIndexIsNamed, impossibleBufferIsNotUsed, fieldsAreReadOnce,
  ]

  private static let families = RingBench.families
  private static let next = FramePattern(60, seed: 9)

  /// Numbers that are no position of a ring of 8 slots.
  static let impossible = [8, 9, 4096, 1 << 31, Int(UInt32.max)]

  static let followsTheRing = Requirement(
    "ring-send/follows-the-ring",
    .must,
    "a backend sends where head in the shared memory is, also after the kernel has set it back",
    because:
      "the kernel starts a ring again when it finds it wrong, and says nothing: who goes on from "
      + "a position of its own is refused for ever",
    sources: ["netmap.c netmap_ring_reinit", "netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "head kept in the backend and only written"
  ) {
    for sent in [1, 5, 20] {
      for position in [0, 1, 4, 7] {
        Script("set to \(position) after \(sent) frames", bench: RingBench.with(slots: 8)) {
          Step.open()
          for seed in 0..<sent { Step.send(FramePattern(60, seed: seed)) }
          Step(.collect(count: sent), allowed: [.anything])
          Step.emptyTransmit(at: position, of: 8)
          for round in 1...9 {
            Step.send(next)
            Step.indices(of: .transmit, head: (position + round) % 8)
          }
          Step.collect(Array(repeating: next, count: 9))
        }
      }
    }
  }

  static let impossibleIndexIsNamed = Requirement(
    "ring-send/impossible-index-is-named",
    .must,
    "a head or tail beyond the ring is an error that names the field and its value, and once the kernel "
      + "has looked at the ring the next frame passes",
    because:
      "a position beyond the ring is memory of something else, and one mistake there must not end "
      + "the network",
    sources: ["netmap.c nm_txsync_prologue", "netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "a loop that ends when two positions are equal, which they never are"
  ) {
    for index in [RingIndex.head, .tail] {
      for value in impossible {
        for length in [60, 5000] {
          Script(
            "\(index.rawValue) \(value), \(length) bytes",
            bench: RingBench.with(slots: 8)
          ) {
            Step.open()
            Step.send(FramePattern(60))
            Step.collect(FramePattern(60))
            Step.set(.transmit, index, to: value)
            Step.send(FramePattern(length))
              .allowing(.error("corruptRing(\(index.rawValue): \(value))"))
            Step.send(next)
            Step.collect(next)
          }
        }
      }
    }
    for value in impossible {
      Script("current \(value)", bench: RingBench.with(slots: 8)) {
        Step.open()
        Step.set(.transmit, .current, to: value)
        Step.send(next).allowing(.length(60), .error("corruptRing(current: \(value))"))
        Step.send(FramePattern(60))
        Step.indices(of: .transmit, tail: nil)
      }
    }
  }

  static let impossibleBufferIsNotUsed = Requirement(
    "ring-send/impossible-buffer-is-not-used",
    .must,
    "a slot whose buffer is 0, 1 or beyond the pool is an error that names the field and its value, "
      + "nothing is sent, and once the slot is right the next frame passes",
    because:
      "an index is turned into an address by a multiplication: a frame of the guest is written "
      + "wherever it points",
    sources: ["netmap.c netmap_ring_reinit", "netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "the index in the slot believed"
  ) {
    for buffer in [0, 1, 4098, 100_000, 1 << 31, Int(UInt32.max)] {
      for count in [1, 2, 3] {
        for bad in 0..<count {
          Script("buffer \(buffer) in slot \(bad + 1) of \(count)", bench: RingBench.with(slots: 8))
          {
            Step.open()
            Step.set(.transmit, slot: bad, SlotPattern(buffer: buffer))
            Step.rememberRing(.transmit)
            Step.send(FramePattern(count * 2048))
              .allowing(.error("corruptRing(buf_idx: \(buffer))"))
            Step.changes(of: .transmit, slots: [], indices: false)
            Step.collect()
            Step.set(.transmit, slot: bad, SlotPattern(buffer: 3000))
            Step.send(next)
            Step.collect(next)
          }
        }
      }
    }
  }

  static let fieldsAreReadOnce = Requirement(
    "ring-send/fields-are-read-once",
    .should,
    "a slot that changes right after it was read makes no frame that is half of one and half of the "
      + "other",
    because: "what was checked is not what is used: the other side changes the index in between",
    sources: ["FreeBSD-SA-24:17", "netmap commit 369ccb9d (issue 923)"],
    families: families,
    hint: "the slot in shared memory looked at for the check, and again for the copy"
  ) {
    for buffer in [100, 0, 4098, Int(UInt32.max)] {
      for count in [1, 2, 3] {
        for slot in 0..<count {
          let frame = FramePattern(count * 2048)
          Script(
            "buffer \(buffer) in slot \(slot + 1) of \(count)",
            bench: RingBench.with(slots: 8)
          ) {
            Step.open()
            Step.changeAfterRead(.transmit, slot: slot, SlotPattern(buffer: buffer))
            Step.send(frame)
              .allowing(
                Outcome(.length(frame.length), label: "sent"),
                Outcome(.error(["corruptRing"], required: nil), label: "refused")
              )
              .choosing("the frame is")
            Step(
              .collect(count: 0),
              allowed: [
                Outcome(.frames([frame]), label: "sent"), Outcome(.frames([]), label: "refused"),
              ]
            )
            .choosing("the frame is")
          }
        }
      }
    }
  }
}

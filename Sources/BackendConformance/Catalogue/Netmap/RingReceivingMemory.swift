/// Receiving from a ring whose memory is not what the backend last saw, or not what it can be.
enum RingReceivingMemory {
  static let all = [followsTheRing, impossibleIndexIsNamed, fieldsAreReadOnce]

  private static let families = RingBench.families
  private static let next = FramePattern(60, seed: 9)
  private static let bench = RingBench.with(slots: 8)

  static let followsTheRing = Requirement(
    "ring-receive/follows-the-ring",
    .must,
    "a backend receives from where head in the shared memory is, also after the kernel has set it back",
    because:
      "the kernel starts a ring again when it finds it wrong, and says nothing: who goes on from "
      + "a position of its own receives old frames",
    sources: ["netmap.c netmap_ring_reinit", "netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "head kept in the backend and only written"
  ) {
    for received in [1, 5, 20] {
      for position in [0, 1, 4, 7] {
        Script("set to \(position) after \(received) frames", bench: bench) {
          Step.open()
          Step.repeated(received) {
            Step.publish(FramePattern(60), slots: [.last(60)])
            Step.receive(FramePattern(60))
          }
          Step.emptyReceive(at: position)
          for round in 1...9 {
            Step.publish(next, slots: [.last(60)])
            Step.peek(next)
            Step.receive(next)
            Step.indices(of: .receive, head: (position + round) % 8)
          }
        }
      }
    }
  }

  static let impossibleIndexIsNamed = Requirement(
    "ring-receive/impossible-index-is-named",
    .must,
    "a head or tail beyond the ring is an error that names the field and its value, and once the kernel "
      + "has looked at the ring the next frame passes",
    because:
      "a position beyond the ring is memory of something else, and one mistake there must not end "
      + "the network",
    sources: ["netmap.c nm_rxsync_prologue", "netmap 89607e1 on Linux, measured"],
    families: families,
    hint: "a loop that ends when two positions are equal, which they never are"
  ) {
    for index in [RingIndex.head, .tail] {
      for value in RingSendingMemory.impossible {
        for (name, step) in [
          ("receive", Step.receive()), ("peek", Step.peek), ("discard", Step.discard),
        ] {
          Script("\(index.rawValue) \(value), \(name)", bench: bench) {
            Step.open()
            Step.inject(FramePattern(60))
            Step.receive(FramePattern(60))
            // The kernel takes the slot back.
            Step.receive()
            Step.set(.receive, index, to: value)
            step.allowing(.error("corruptRing(\(index.rawValue): \(value))"))
            Step.inject(next)
            Step.receive(next)
            Step.receive()
          }
        }
      }
    }
    for value in RingSendingMemory.impossible {
      Script("current \(value)", bench: bench) {
        Step.open()
        Step.set(.receive, .current, to: value)
        Step.inject(next)
        Step.receive(next)
      }
    }
  }

  static let fieldsAreReadOnce = Requirement(
    "ring-receive/fields-are-read-once",
    .should,
    "a slot that changes right after it was read is received as it was, or as it is then, or not at all, "
      + "and never half one and half the other",
    because:
      "what was checked is not what is used: the other side raises the length in between, and "
      + "bytes behind the buffer are copied to the guest",
    sources: ["FreeBSD-SA-24:17", "netmap commit 369ccb9d (issue 923)", Source.seed(643...680)],
    families: families,
    hint: "the slot in shared memory looked at for the check, and again for the copy"
  ) {
    let changes = [
      ("length 2049", SlotPattern(length: 2049)), ("length 65535", SlotPattern(length: 65_535)),
      ("length 0", SlotPattern(length: 0)), ("more", SlotPattern(flags: 0x20)),
      ("no more", SlotPattern(flags: 0)), ("buffer 0", SlotPattern(buffer: 0)),
      ("buffer 4098", SlotPattern(buffer: 4098)),
      ("all of it", SlotPattern(length: 65_535, flags: 0x20, buffer: Int(UInt32.max))),
    ]
    for (name, change) in changes {
      for count in [1, 3] {
        for slot in 0..<count {
          let frame = FramePattern(count * 20)
          let forms = [frame] + changed(frame, slot, of: count, change)
          // A backend may keep what it has peeked at, and then reads nothing.
          for (first, before) in [("", Step.runLoop(callbacks: 0)), ("after peek, ", .peek(frame))]
          {
            Script("\(first)\(name) in slot \(slot + 1) of \(count)", bench: bench) {
              Step.open()
              Step.publish(
                frame,
                slots: Array(repeating: .more(20), count: count - 1) + [.last(20)]
              )
              before
              Step.changeAfterRead(.receive, slot: slot, change)
              Step.receive(into: [65_664])
                .allowing(
                  any: forms.map { .frame($0) } + [.nothing, .error("corruptRing", "noSpace")]
                )
            }
          }
          Script("\(name) in slot \(slot + 1) of \(count), peeked at", bench: bench) {
            Step.open()
            Step.publish(frame, slots: Array(repeating: .more(20), count: count - 1) + [.last(20)])
            Step.runLoop(callbacks: 0)
            Step.changeAfterRead(.receive, slot: slot, change)
            Step.peek.allowing(
              any: forms.map { .length($0.length) } + [.nothing, .error("corruptRing")]
            )
          }
        }
      }
    }
  }

  /// The frame as it is after a change that leaves one.
  private static func changed(
    _ frame: FramePattern,
    _ slot: Int,
    of count: Int,
    _ change: SlotPattern
  ) -> [FramePattern] {
    let bytes = frame.contents()
    if change == SlotPattern(flags: 0) {
      return [FramePattern(bytes: Array(bytes.prefix(20 * (slot + 1))))]
    }
    guard change == SlotPattern(length: 0), count > 1 else { return [] }
    return [FramePattern(bytes: Array(bytes[..<(20 * slot)] + bytes[(20 * (slot + 1))...]))]
  }
}

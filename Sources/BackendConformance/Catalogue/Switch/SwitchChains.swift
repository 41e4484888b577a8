internal import NetBackend

/// Chains of slots as programs publish them, right and wrong, and what the receivers get.
enum SwitchChains {
  static let all = [
    fragmentsAreCounted, cutChainIsClosed, shortFramesAreDropped, overlongSlotIsEmpty,
    emptySlotsDoNoHarm, tooManyFragmentsAreRefused, smallerBuffersGetEmptySlots,
  ]

  static let fragmentsAreCounted = Requirement(
    "switch/fragments-are-counted",
    .must,
    "each slot of a frame tells the receiver how many there are, in the high byte of its flags; the "
      + "backend receives the frame as if it did not",
    because: "who compares all flags with NS_MOREFRAG finds an end where there is none",
    sources: ["netmap.h, NS_RFRAGS", Source.netmapMeasured],
    families: ["vale"],
    hint: "flags == NS_MOREFRAG in place of a look at the bit"
  ) {
    for count in [1, 2, 3, 31, 32, 63, 64] {
      let frame = FramePattern(20 * count, seed: count)
      let more = Array(repeating: SlotPattern.more(20), count: count - 1)
      let flags = count << 8
      Script("\(count) slots", bench: .oneSwitch) {
        Step.openBoth
        Step.publish(frame, slots: more + [.last(20)], to: .transmit)
        Step.slots(
          of: .receive,
          from: 0,
          more.map { SlotPattern(length: $0.length, flags: flags | 0x20) }
            + [SlotPattern(length: 20, flags: flags)]
        ).on(1)
        Step.peek(frame).on(1)
        Step.receive(frame).on(1)
        Step.collect(frame)
      }
    }
  }

  static let cutChainIsClosed = Requirement(
    "switch/cut-chain-is-closed",
    .must,
    "a chain whose last published slot announces another one ends there, and the next frame is whole",
    because:
      "a receiver that waits for the rest gets the next sender's frame as the rest of this one; "
      + "the switch once hung on it",
    sources: ["netmap commit 7590e673", Source.netmapMeasured],
    families: ["vale"],
    hint: "NS_MOREFRAG copied from the sender's slot, whatever follows"
  ) {
    for lengths in [[60], [100, 60], [100, 100, 100]] {
      let cut = FramePattern(lengths.reduce(0, +), seed: 1)
      Script("slots of \(lengths)", bench: .oneSwitch) {
        Step.openBoth
        Step.publish(cut, slots: lengths.map { .more($0) }, to: .transmit)
        Step.receive(cut).on(1)
        Step.send(FramePattern(60, seed: 2))
        Step.receive(FramePattern(60, seed: 2)).on(1)
        Step.collect(cut, FramePattern(60, seed: 2))
      }
    }
    Script("a frame, then a cut chain", bench: .oneSwitch) {
      let (whole, cut) = (FramePattern(60, seed: 3), FramePattern(100, seed: 4))
      Step.openBoth
      Step.publish(
        FramePattern(bytes: whole.contents() + cut.contents()),
        slots: [.last(60), .more(100)],
        to: .transmit
      )
      Step.receive(whole).on(1)
      Step.receive(cut).on(1)
    }
  }

  static let shortFramesAreDropped = Requirement(
    "switch/short-frames-are-dropped",
    .must,
    "a frame whose first slot does not hold the vnet header and 14 bytes is dropped; the next one "
      + "passes",
    because: "the addresses would be read from what an earlier frame left in the buffer",
    sources: ["netmap_vale.c, netmap_vale_learning", Source.netmapMeasured],
    families: ["vale"],
    hint: "the length of the whole frame looked at, and not that of its first slot"
  ) {
    let next = FramePattern(60, seed: 9)
    for lengths in [[1], [13], [13, 60], [6, 54]] {
      Script("slots of \(lengths)", bench: .oneSwitch) {
        let slots = lengths.dropLast().map { SlotPattern.more($0) }
        Step.openBoth
        Step.publish(FramePattern(73), slots: slots + [.last(lengths.last ?? 0)], to: .transmit)
        Step.send(next)
        Step.receive(next).on(1)
        Step.collect(next)
      }
    }
    for header in [10, 12] {
      for lengths in [[header], [header - 1, 61], [header + 13, 47], [header + 13]] {
        Script("header \(header), slots of \(lengths)", bench: .oneSwitch) {
          let slots = lengths.dropLast().map { SlotPattern.more($0) }
          let zeros = [UInt8](repeating: 0, count: header)
          Step.openBoth
          Step.useHeader(header)
          Step.publish(
            FramePattern(bytes: zeros + FramePattern(60).contents()),
            slots: slots + [.last(lengths.last ?? 0)],
            to: .transmit
          )
          Step.send(next.behindHeader(header))
          Step.receive(next).on(1)
          Step.collect(next)
        }
      }
    }
  }

  static let overlongSlotIsEmpty = Requirement(
    "switch/overlong-slot-is-empty",
    .must,
    "no byte behind a buffer leaves it: a slot that claims more than its buffer holds counts as empty",
    because: "what lies behind the buffer is another port's frame",
    sources: ["netmap_vale.c, nm_vale_preflush", Source.netmapMeasured],
    families: ["vale"],
    hint: "the length of the slot used for the copy"
  ) {
    let (head, next) = (FramePattern(60, seed: 1), FramePattern(60, seed: 9))
    for length in [2049, 4096, 65_535] {
      Script("\(length) bytes alone", bench: .oneSwitch) {
        Step.openBoth
        Step.publish(head, slots: [.last(length)], to: .transmit)
        Step.send(next)
        Step.receive(next).on(1)
        Step.collect(next)
      }
      Script("60 bytes, then \(length)", bench: .oneSwitch) {
        Step.openBoth
        Step.publish(head, slots: [.more(60), .last(length)], to: .transmit)
        Step.receive(head).on(1)
        Step.send(next)
        Step.receive(next).on(1)
        Step.collect(head, next)
      }
    }
  }

  static let emptySlotsDoNoHarm = Requirement(
    "switch/empty-slots-do-no-harm",
    .must,
    "slots without bytes, alone or within a chain, neither arrive as frames nor stop what follows",
    because:
      "the switch makes such slots itself; a receiver that takes one for the end stalls behind it",
    sources: ["netmap issue 802", Source.netmapMeasured],
    families: ["vale"],
    hint: "a length of 0 taken for an empty ring"
  ) {
    let next = FramePattern(60, seed: 9)
    let frame = FramePattern(100, seed: 1)
    for (name, slots) in [
      ("first", [.more(0), .last(100)]), ("in the middle", [.more(60), .more(0), .last(40)]),
      ("last", [.more(100), .last(0)]),
    ] as [(String, [SlotPattern])] {
      Script("\(name) in a chain", bench: .oneSwitch) {
        Step.openBoth
        Step.publish(frame, slots: slots, to: .transmit)
        Step.receive(frame).on(1)
        Step.send(next)
        Step.receive(next).on(1)
        Step.collect(frame, next)
      }
    }
    Script("alone", bench: .oneSwitch) {
      Step.openBoth
      Step.publish(frame, slots: [.last(0)], to: .transmit)
      Step.publish(frame, slots: [.last(100), .last(0)], to: .transmit)
      Step.send(next)
      Step.receive(frame).on(1)
      Step.receive(next).on(1)
      Step.collect(frame, next)
    }
  }

  static let tooManyFragmentsAreRefused = Requirement(
    "switch/too-many-fragments-are-refused",
    .must,
    "a chain of 256 slots or more is refused and does not stop the switch",
    because: "the kernel counts fragments in eight bits and does not come back from the sync",
    sources: [Source.netmapMeasured],
    families: ["vale"],
    untestable:
      "the real switch hangs the machine; the simulated one refuses, and its own tests say so"
  )

  static let smallerBuffersGetEmptySlots = Requirement(
    "switch/smaller-buffers-get-empty-slots",
    .must,
    "a slot with more bytes than the receiver's buffer arrives without any, and does not stop what "
      + "follows",
    because: "ports of different memory meet on one switch",
    sources: ["netmap_vale.c, nm_vale_flush", Source.netmapMeasured],
    families: ["vale"],
    untestable:
      "all ports of the bench have buffers of one length; what such a slot does to a backend "
      + "is tested by switch/empty-slots-do-no-harm"
  )
}

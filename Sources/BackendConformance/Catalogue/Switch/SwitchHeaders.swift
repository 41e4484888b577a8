internal import NetBackend

/// The vnet header between ports of a VALE switch that use different lengths of it.
enum SwitchHeaders {
  static let all = [
    headersAreConverted, equalHeadersPassUnchanged, headerMayHaveItsOwnSlot,
    emptyFirstSlotVanishes, shortFirstSlotIsDropped, badHeaderIsDropped, grownHeaderStaysInside,
  ]

  private static let pairs = VirtioNetHeader.lengths.flatMap { from in
    VirtioNetHeader.lengths.map { (from: from, to: $0) }
  }

  /// A header in which every field can be told apart, but which asks for nothing.
  private static let marked = VirtioNetHeader {
    $0.headersLength = 0x1312
    $0.segmentSize = 0x1514
    $0.checksumStart = 0x1716
    $0.checksumOffset = 0x1918
    $0.bufferCount = 0x1B1A
  }

  static let headersAreConverted = Requirement(
    "switch/headers-are-converted",
    .must,
    "between ports whose headers differ in length, one that is missing becomes zeros, one too many is "
      + "taken off, and of two forms the first ten bytes are kept",
    because: "both ports would else disagree about where the frame begins",
    sources: ["netmap_offloadings.c, bdg_mismatch_datapath", Source.netmapMeasured],
    families: ["vale"],
    hint: "twelve bytes copied over ten"
  ) {
    for (from, to) in pairs where from != to {
      // A longer header may spill out of a first slot that is full: see below.
      for length in [14, 60, 1514, 2036, 5000] where from > to || length < 2048 {
        let frame = FramePattern.from(.first, to: .second, length: length, seed: 3)
        Script("\(from) to \(to), \(length) bytes", bench: .oneSwitch) {
          Step.openBoth
          Step.introduceSecond
          Step.useHeader(from)
          Step.useHeader(to).on(1)
          Step.send(frame.behind(marked, length: from))
          Step.receive()
            .allowing(any: received(frame, from == 0 ? VirtioNetHeader() : marked, header: to))
            .on(1)
          Step.collect()
        }
      }
    }
  }

  /// The frame as it is received; who fills the last field of the longer form is left open.
  private static func received(
    _ frame: FramePattern,
    _ header: VirtioNetHeader,
    header length: Int
  ) -> [Outcome] {
    let counts: [UInt16] = length == 12 ? [0, 1] : [0]
    return counts.map { count in
      var header = header
      header.bufferCount = count
      return .frame(frame.behind(header, length: length))
    }
  }

  static let equalHeadersPassUnchanged = Requirement(
    "switch/equal-headers-pass-unchanged",
    .must,
    "between ports whose headers are equally long, the first ten bytes pass as they are, whatever they "
      + "ask for",
    because: "two guests that both compute checksums need none on the way between them",
    sources: ["netmap_vale.c, nm_vale_flush", Source.netmapMeasured],
    families: ["vale"],
    hint: "headers checked, or filled anew, also where nothing is to be converted"
  ) {
    let frame = FramePattern.from(.first, to: .second, length: 200, seed: 4)
    for length in [10, 12] {
      for (name, change) in [
        ("marked", { _ in }), ("a request for a checksum", { $0.flags = .needsChecksum }),
        ("segmentation type 5", { $0.segmentation = 5 }), ("type 0x83", { $0.segmentation = 0x83 }),
      ] as [(String, (inout VirtioNetHeader) -> Void)] {
        let header = marked.changed(change)
        Script("header \(length), \(name)", bench: .oneSwitch) {
          Step.openBoth
          Step.introduceSecond
          Step.useHeader(length)
          Step.useHeader(length).on(1)
          Step.send(frame.behind(header, length: length))
          Step.receive().allowing(any: received(frame, header, header: length)).on(1)
          Step.collect()
        }
      }
    }
  }

  static let headerMayHaveItsOwnSlot = Requirement(
    "switch/header-may-have-its-own-slot",
    .must,
    "a frame whose header lies in a slot of its own arrives like any other",
    because: "programs put the header in front of what the guest gave them without copying that",
    sources: ["netmap_vale.c, nm_vale_flush", Source.netmapMeasured],
    families: ["vale"],
    hint: "the addresses looked for in the first slot alone"
  ) {
    for (from, to) in pairs where from > 0 {
      let frame = FramePattern.from(.first, to: .second, seed: 5)
      Script("\(from) to \(to)", bench: .oneSwitch) {
        Step.openBoth
        Step.introduceSecond
        Step.useHeader(from)
        Step.useHeader(to).on(1)
        Step.publish(
          frame.behind(VirtioNetHeader(), length: from),
          slots: [.more(from), .last(60)],
          to: .transmit
        )
        Step.receive(frame, header: to).on(1)
        Step.collect()
      }
    }
  }

  static let emptyFirstSlotVanishes = Requirement(
    "switch/empty-first-slot-vanishes",
    .must,
    "a slot of which nothing is left without its header does not reach a port without headers",
    because: "an empty slot in front of each frame stalls receivers that take it for an empty ring",
    sources: ["netmap_offloadings.c", Source.netmapMeasured],
    families: ["vale"],
    hint: "a slot in the receiver's ring for each of the sender's"
  ) {
    for header in [10, 12] {
      let frame = FramePattern.from(.first, to: .second, seed: 6)
      Script("header \(header)", bench: .oneSwitch) {
        Step.openBoth
        Step.introduceSecond
        Step.useHeader(header)
        Step.publish(
          frame.behind(VirtioNetHeader(), length: header),
          slots: [.more(header), .last(60)],
          to: .transmit
        )
        Step.slots(of: .receive, from: 0, [SlotPattern(length: 60, flags: 0x0100)]).on(1)
        Step.receive(frame).on(1)
        Step.peek.on(1)
      }
    }
  }

  static let shortFirstSlotIsDropped = Requirement(
    "switch/short-first-slot-is-dropped",
    .must,
    "a frame whose header does not lie whole in its first slot is dropped, and the next one passes",
    because: "the rest of the header would be read from behind the slot",
    sources: ["netmap_vale.c, nm_vale_flush", Source.netmapMeasured],
    families: ["vale"],
    hint: "the header's length subtracted without a look at the slot's"
  ) {
    for (from, to) in pairs where from > 0 {
      for first in [1, from - 1] {
        let frame = FramePattern.from(.first, to: .second, seed: 7)
        Script("\(from) to \(to), \(first) bytes first", bench: .oneSwitch) {
          Step.openBoth
          Step.introduceSecond
          Step.useHeader(from)
          Step.useHeader(to).on(1)
          Step.publish(
            frame.behind(VirtioNetHeader(), length: from),
            slots: [.more(first), .last(60 + from - first)],
            to: .transmit
          )
          Step.send(frame.behind(VirtioNetHeader(), length: from))
          Step.receive(frame, header: to).on(1)
          Step.peek.on(1)
          Step.collect()
        }
      }
    }
  }

  static let badHeaderIsDropped = Requirement(
    "switch/bad-header-is-dropped",
    .must,
    "a frame whose header asks for what nobody knows does not reach a port without headers",
    because:
      "what was asked for would be left undone: a checksum missing, a segment as large as a book",
    sources: ["netmap_offloadings.c, vnet_hdr_is_bad", Source.netmapMeasured],
    families: ["vale"],
    hint: "headers taken off without being looked at"
  ) {
    let (frame, next) = (FramePattern(60, seed: 8), FramePattern(61, seed: 9))
    for (name, change) in [
      ("flag 0x04", { $0.flags = .init(rawValue: 0x04) }),
      ("flag 0x80", { $0.flags = .init(rawValue: 0x80) }),
      ("segmentation type 2", { $0.segmentation = 2 }),
      ("segmentation type 5", { $0.segmentation = 5 }),
    ] as [(String, (inout VirtioNetHeader) -> Void)] {
      for header in [10, 12] {
        Script("\(name), header \(header)", bench: .oneSwitch) {
          Step.openBoth
          Step.useHeader(header)
          Step.publish(
            frame.behind(VirtioNetHeader(change), length: header),
            slots: [.last(60 + header)],
            to: .transmit
          )
          Step.peek.on(1)
          Step.send(next.behindHeader(header))
          Step.receive(next).on(1)
          Step.collect(next)
        }
      }
    }
  }

  static let grownHeaderStaysInside = Requirement(
    "switch/grown-header-stays-in-its-buffer",
    .must,
    "a full slot that gets a header in front of it does not spill over into the next buffer",
    because: "the last bytes of the frame overwrite another frame's first ones",
    sources: [Source.netmapMeasured],
    families: ["vale"],
    untestable:
      "the real switch does spill, twelve bytes: the simulated one does as it does, and a "
      + "backend drops the slot, whose length is more than its buffer's"
  )
}

extension VirtioNetHeader {
  /// The same header, changed by `change`.
  fileprivate func changed(_ change: (inout VirtioNetHeader) -> Void) -> VirtioNetHeader {
    var header = self
    change(&header)
    return header
  }
}

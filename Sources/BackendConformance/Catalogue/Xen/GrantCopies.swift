/// What a netback copies from and to the pages that its frontend grants.
enum GrantCopies {
  static let all = [
    copiesWhatTheSlotSays, copiesNothingForNoBytes, statusIsNoSuccessBefore, copiesWithinPages,
  ]

  private static let next = FramePattern(64, seed: 9)

  static let copiesWhatTheSlotSays = Requirement(
    "grant/copies-what-the-slot-says",
    .must,
    "the bytes that a slot names are copied and no others: from its page and place, as many as it says, "
      + "and of a frame to the frontend as many as it has",
    because:
      "a byte more is one of somebody else's; Xen refuses the copy if it lies beyond the page, and "
      + "the guest reads it if not",
    sources: ["Xen grant_table.h", "FreeBSD sys/dev/xen/netback/netback_unit_tests.c"],
    families: XenScript.families,
    hint: "lengths rounded up to words, or whole pages copied"
  ) {
    for (offset, length) in [(0, 60), (1, 61), (64, 1514), (4033, 63), (2048, 14), (0, 4096)] {
      let frame = FramePattern(length, seed: offset)
      XenScript.connected("\(length) bytes at \(offset)") {
        Guest.transmit([.last(length, id: 7, offset: offset, page: 3)], frame)
        Guest.copies([XenCopy(.transmit, page: 3, offset: offset, length: length, status: 0)])
        Step.receive(frame)
        Guest.post([.buffer(9, page: 5)])
        Step.send(frame)
        Guest.copies([XenCopy(.receive, page: 5, offset: 0, length: length, status: 0)])
        Guest.received([frame])
        Guest.untouched(5, length..<4096)
      }
    }
    XenScript.connected("a chain, its pieces in pages of their own") {
      let frame = FramePattern(1900)
      Guest.transmit(
        [
          .more(1900, offset: 100, page: 8), .more(400, page: 7), .last(100, offset: 3996, page: 6),
        ],
        frame
      )
      Guest.copies([
        XenCopy(.transmit, page: 8, offset: 100, length: 1400),
        XenCopy(.transmit, page: 7, offset: 0, length: 400),
        XenCopy(.transmit, page: 6, offset: 3996, length: 100),
      ])
      Step.receive(frame)
    }
  }

  static let copiesNothingForNoBytes = Requirement(
    "grant/copies-nothing-for-no-bytes",
    .must,
    "a piece of no bytes is not copied, whatever its grant, and its slot is answered",
    because:
      "Xen carries out a copy of no bytes without a look at the grant, and whoever takes that for "
      + "a good page has one that was never granted",
    sources: [Source.advisory(448), "Xen grant_table.h", Source.netbackMeasured],
    families: XenScript.families,
    hint: "an operation for each slot instead of for each piece"
  ) {
    for (lengths, pages) in [
      ([60, 0, 40], [0, 2]), ([100, 0, 0], [0]), ([60, 40, 0], [0, 1]), ([14, 0, 0, 1], [0, 3]),
    ] {
      let frame = FramePattern(lengths.reduce(0, +))
      for grant in [nil, 0xFFFF_FFFF] {
        XenScript.connected("\(lengths), \(grant == nil ? "granted" : "not granted")") {
          let slots = lengths.enumerated().map { number, length in
            XenSlot.request(
              XenRequest(
                size: number == 0 ? frame.length : length,
                flags: number == lengths.count - 1 ? 0 : XenSlot.Flag.more,
                id: number,
                grant: length == 0 ? grant : nil
              )
            )
          }
          Guest.transmit(slots, frame)
          Guest.copies(pages.map { XenCopy(.transmit, page: $0, length: lengths[$0]) })
          Step.receive(frame)
          Guest.responses(inAnyOrder: lengths.indices.map { .okay($0) })
        }
      }
    }
  }

  static let statusIsNoSuccessBefore = Requirement(
    "grant/status-is-no-success-before",
    .should,
    "what stands in the place of a copy's status before it is carried out is not that it went well",
    because:
      "a hypervisor that stops in the middle of many copies leaves the rest as they were, and what "
      + "was never copied is sent as if it had been",
    sources: [Source.advisory(318)],
    families: XenScript.families,
    hint: "operations in memory that is cleared, where 0 means that all is well"
  ) {
    for lengths in [[60], [60, 40], [100, 50, 50]] {
      let frame = FramePattern(lengths.reduce(0, +))
      XenScript.connected("\(lengths)") {
        let rest = lengths.dropFirst()
        Guest.transmit(
          [.last(frame.length, flags: rest.isEmpty ? 0 : XenSlot.Flag.more)]
            + rest.enumerated().map { number, length in
              .last(length, flags: number == rest.count - 1 ? 0 : XenSlot.Flag.more)
            },
          frame
        )
        Step.receive(frame)
        Guest.post(1)
        Step.send(frame)
        Guest.received([frame])
      }
    }
  }

  static let copiesWithinPages = Requirement(
    "grant/copies-stay-within-pages",
    .must,
    "no copy reaches beyond a page, neither the granted one nor the netback's own",
    because:
      "the hypervisor refuses such a copy, and the packet is lost for ever: it is as long the next "
      + "time",
    sources: [Source.advisory(423), "Xen common/grant_table.c"],
    families: XenScript.families,
    hint: "a piece copied to wherever there is room, as one"
  ) {
    for lengths in [
      [2000, 4000], [4095, 4096, 4096], [100, 4096], [14, 4090, 4090, 4090], [4096, 4096, 4096, 1],
    ] {
      let frame = FramePattern(lengths.reduce(0, +))
      XenScript.connected("\(lengths)") {
        let rest = lengths.dropFirst()
        Guest.transmit(
          [.more(frame.length)]
            + rest.enumerated().map { number, length in
              .last(length, flags: number == rest.count - 1 ? 0 : XenSlot.Flag.more)
            },
          frame
        )
        Step.receive(frame)
        Guest.post(lengths.count + 1)
        Step.send(frame)
        Guest.received([frame])
      }
    }
  }
}

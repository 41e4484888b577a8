/// What a frontend gets of the groups that it asked for, and of others.
enum MulticastFilter {
  static let all = [filterPassesWhatIsWanted]

  private static let wanted: [[UInt8]] = [MulticastLists.group(0xFB), [0x33, 0x33, 0, 0, 0, 1]]
  private static let unwanted: [[UInt8]] = [
    MulticastLists.group(0xFC), [0x33, 0x33, 0, 0, 0, 2], [1, 0x80, 0xC2, 0, 0, 0],
  ]
  private static let others: [[UInt8]] = [
    [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [2, 0, 0, 0, 0, 1], [0, 0x16, 0x3E, 0, 0, 0],
  ]

  static let filterPassesWhatIsWanted = Requirement(
    "transmit/filter-passes-what-is-wanted",
    .must,
    "a frontend that asked for it gets frames to the groups on its list, to everybody and to itself, "
      + "and no others; one that did not ask gets all",
    because:
      "a guest that is woken for each group of a network does nothing else; one that misses broadcasts "
      + "has no address",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the broadcast address taken for a group, or the filter on before it is asked for"
  ) {
    let addresses = wanted + unwanted + others
    let frames = addresses.enumerated().map {
      FramePattern.from(Station.first.address, to: $1, seed: $0)
    }
    for key in ["1", "0", nil] {
      XenScript.connected(
        "request-multicast-control is \(key ?? "absent")",
        changing: ["request-multicast-control": key]
      ) {
        for (number, address) in wanted.enumerated() {
          Guest.transmit(XenSlot.packet(0, id: number, extras: [.group(address)]))
        }
        MulticastLists.changed(2, from: 0)
        Guest.post(16)
        for frame in frames { Step.send(frame) }
        let filtered = frames[..<2] + frames[5...]
        Guest.received(frames).deciding(
          .multicastControl,
          [
            "offered": Outcome(.frames(key == "1" ? Array(filtered) : frames)),
            "missing": Outcome(.frames(frames)),
          ]
        )
        Guest.transmit(XenSlot.packet(0, id: 9, extras: [.group(wanted[0], deleting: true)]))
        Step.send(frames[0])
        Step.send(frames[1])
        Guest.received([]).deciding(
          .multicastControl,
          [
            "offered": Outcome(.frames(key == "1" ? [frames[1]] : Array(frames[..<2]))),
            "missing": Outcome(.frames(Array(frames[..<2]))),
          ]
        )
      }
    }
  }
}

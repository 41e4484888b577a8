/// Where indices and rings begin anew.
enum TransmitRingEnds {
  static let all = [chainCrossesTheEnd, indicesWrap]

  static let chainCrossesTheEnd = Requirement(
    "transmit/chain-crosses-the-end-of-the-ring",
    .must,
    "a packet whose slots go on at the beginning of the ring is a packet like any other",
    because: "it works for hours, until a packet of several slots comes to lie over the end",
    sources: [Source.netif, "FreeBSD netback_unit_tests.c: wraps"],
    families: XenScript.families,
    hint: "the slots of a packet taken for one piece of memory"
  ) {
    let frame = FramePattern(550)
    for start in 252...256 {
      XenScript.connected("from slot \(start)", on: XenScript.bench(transmitStart: start)) {
        XenScript.passes(XenSlot.packet(550, [100, 30, 20]), frame)
        Guest.indices(requests: start + 4, responses: start + 4)
        XenScript.goesOn
      }
    }
    for start in 253...255 {
      XenScript.connected(
        "an extra, from slot \(start)",
        on: XenScript.bench(transmitStart: start)
      ) {
        let frame = LargeFrame(.tcp4, payload: 100)
        let slots = XenSlot.packet(
          154,
          [40, 40],
          flags: 0x3,
          extras: [.segmentation(1400)]
        )
        Guest.transmit(slots, frame.frame)
        Step.receive(frame.segments(limit: 1514)[0])
        Guest.responses(.okay(3, extras: 1))
      }
    }
  }

  static let indicesWrap = Requirement(
    "transmit/indices-wrap",
    .must,
    "indices go on at 0 behind 4294967295",
    because: "a frontend that has sent four thousand million slots sends no more",
    sources: [Source.netif, Source.netbackMeasured, "Linux b9149729ebdc"],
    families: XenScript.families,
    hint: "indices compared by size, or taken for those of slots"
  ) {
    for start in [0xFFFF_FFFC, 0xFFFF_FFFE, 0xFFFF_FFFF] {
      XenScript.connected("from \(start)", on: XenScript.bench(transmitStart: start)) {
        let frames = (0..<4).map { FramePattern(60, seed: $0) }
        for frame in frames {
          Guest.transmit([.last(60, id: frame.seed)], frame)
          Step.receive(frame)
        }
        Guest.responses(.okay(4, from: 0))
        let end = (start + 4) & 0xFFFF_FFFF
        Guest.indices(requests: end, requestEvent: end + 1, responses: end)
        XenScript.passes(XenSlot.packet(100, [20, 20]), FramePattern(100))
      }
    }
  }
}

/// Frames from the frontend one after the other.
enum TransmitOrder {
  static let all = [framesKeepTheirOrder, splitHeadersAreGathered]

  static let framesKeepTheirOrder = Requirement(
    "transmit/frames-keep-their-order",
    .should,
    "the frames of a ring are delivered in the order of their slots",
    because: "TCP takes frames out of order for loss, and sends them again",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "long frames that wait for their pages, passed by short ones"
  ) {
    let lengths = [60, 1514, 60, 9014, 61, 4096, 14, 3000, 60, 129]
    for portion in [1, 2, 5, 10] {
      XenScript.connected("shown \(portion) at a time") {
        for (number, length) in lengths.enumerated() {
          let pieces = length > 4096 ? [4000, 4000] : length > 2000 ? [1000] : []
          Guest.put(XenSlot.packet(length, pieces, id: 100 + 10 * number), frame(number, length))
          if (number + 1).isMultiple(of: portion) { Guest.show() }
        }
        for (number, length) in lengths.enumerated() { Step.receive(frame(number, length)) }
        Step.peek
      }
    }
    XenScript.connected("a hundred numbered ones") {
      for number in 0..<100 { Guest.put([.last(60, id: number)], frame(number, 60)) }
      Guest.show()
      for number in 0..<100 { Step.receive(frame(number, 60)) }
      Step.peek
    }
  }

  private static func frame(_ number: Int, _ length: Int) -> FramePattern {
    FramePattern(length, seed: 1000 + number)
  }

  static let splitHeadersAreGathered = Requirement(
    "transmit/split-headers-are-gathered",
    .should,
    "headers that are spread over several pieces are looked at as a whole",
    because:
      "a netback that looks for a checksum in the first piece reads behind it, which ended the host's "
      + "kernel",
    sources: [Source.advisory(423), Source.netbackMeasured],
    families: XenScript.families,
    hint: "the first piece taken to hold all headers"
  ) {
    for transport in LargeFrame.Transport.allCases {
      for first in [14, 15, 33, 34, 35, 49, 50, 53] {
        XenScript.connected("\(transport.rawValue), \(first) bytes first") {
          let large = LargeFrame(transport, payload: 100)
          split(large, first, flags: 0x3, extras: [], large.segments(limit: 1514))
        }
      }
    }
    for first in [14, 34, 53] {
      XenScript.connected("to be cut, \(first) bytes first") {
        let large = LargeFrame(.tcp4, payload: 100)
        split(
          large,
          first,
          flags: 0x3,
          extras: [.segmentation(30)],
          large.segments(limit: 84)
        )
      }
    }
  }

  private static func split(
    _ large: LargeFrame,
    _ first: Int,
    flags: Int,
    extras: [XenSlot],
    _ delivered: [FramePattern]
  ) -> [Step] {
    let total = large.frame.length
    let pieces = [1, 19, total - first - 20]
    let slots = XenSlot.packet(total, pieces, flags: flags, extras: extras)
    return Guest.transmit(slots, large.frame) + delivered.map { Step.receive($0) } + [
      Step.peek, Guest.responses(XenScript.okays(slots)),
    ]
  }
}

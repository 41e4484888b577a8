internal import XenNetif

extension Quirk {
  /// The quirks of Linux's netback: where it departs from the contract, and no protocol lets it.
  static let ofLinuxNetback = [largestMTU]

  private static let largestMTU = Quirk(
    "Q-LARGEST-MTU",
    "an interface has an MTU of at most 65517 bytes: a frame that is longer than 65531 bytes, or 65535 "
      + "with a tag, is refused, although slots could tell 65535",
    sources: [Source.netbackMeasured],
    families: ["xen"],
    rules: [
      .init(
        "send/length-is-the-sum-of-the-elements",
        "send/far-side-sees-the-elements-in-a-row",
        "send/every-length-passes",
        "send/keeps-the-order",
        "send/buffers-may-be-reused"
      ) { place in
        switch place.step.action {
        case .send(let frame, _):
          return frame.isTooLong
            ? [.error("frameTooLong(maximum: \(frame.longest + frame.header.count))")] : nil
        case .collect:
          guard case .frames(let frames)? = place.step.allowed.first?.expectation else {
            return nil
          }
          return [Outcome(.frames(frames.filter { !$0.isTooLong }))]
        default: return nil
        }
      }
    ]
  )
}

extension FramePattern {
  /// The longest frame of this kind in bytes that Linux's netback takes, its vnet header aside.
  fileprivate var longest: Int {
    let isTagged = bytes.map { $0.count > 13 && $0[12] == 0x81 && $0[13] == 0x00 } ?? false
    let most = NetbackPolicy.linux.largestMTU + Self.ethernetHeader.count
    return most + (isTagged ? 4 : 0)
  }

  fileprivate var isTooLong: Bool { length > longest }
}

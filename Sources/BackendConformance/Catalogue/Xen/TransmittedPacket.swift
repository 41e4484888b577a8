/// A packet from the frontend in the slots of a ring to transmit.
enum TransmittedPacket {
  /// The slots of a packet that is cut into pieces, each at the beginning of a page of its own.
  ///
  /// - Parameters:
  ///   - flags: What the first request says of the checksum.
  ///   - extras: The extra slots behind the first request.
  static func slots(
    _ pieces: [Int],
    flags: Int = 0,
    extras: [XenSlot] = [],
    id: Int = 1
  ) -> [XenSlot] {
    let total = pieces.reduce(0, +)
    let first = flags | (extras.isEmpty ? 0 : XenSlot.Flag.extra)
    let last = pieces.count - 1
    return pieces.enumerated().flatMap { number, piece -> [XenSlot] in
      let more = number == last ? 0 : XenSlot.Flag.more
      guard number == 0 else {
        return [.last(piece, flags: more, id: id + number)]
      }
      return [.last(total, flags: first | more, id: id)] + extras
    }
  }

  /// The responses to such a packet that is taken.
  static func answers(_ pieces: Int, extras: Int = 0, id: Int = 1) -> [XenResponse] {
    [.okay(id)] + Array(repeating: .null, count: extras)
      + (1..<max(1, pieces)).map { .okay(id + $0) }
  }

  /// The pieces of a frame that fills one page after the other.
  static func pieces(_ length: Int) -> [Int] {
    stride(from: 0, to: length, by: 4096).map { min(4096, length - $0) }
  }

  /// Transmits a frame in one slot, of which these frames arrive.
  static func passage(
    _ frame: FramePattern,
    flags: Int = 0,
    id: Int = 1,
    arriving frames: FramePattern...
  ) -> [Step] {
    Guest.transmit([.last(frame.length, flags: flags, id: id)], frame) + frames.map { .receive($0) }
      + [Step.peek, Guest.responses([.okay(id)])]
  }

  /// Transmits a frame in one slot that nobody can do the asked for to: nothing arrives, and what the
  /// frontend is told is left open; the next one arrives.
  static func loss(_ frame: FramePattern, flags: Int, id: Int = 1) -> [Step] {
    Guest.transmit([.last(frame.length, flags: flags, id: id)], frame)
      + [Step.peek, taken(or: .error(id))]
      + passage(FramePattern(64, seed: 9), id: 9, arriving: FramePattern(64, seed: 9))
  }

  /// Asks for the response to a packet of one slot that is taken, or refused with this one.
  static func taken(or refusal: XenResponse) -> Step {
    Step(
      .xen(.responses(.transmit)),
      allowed: [.okay(refusal.id), refusal].map { Outcome(.xen(.responses([$0]))) }
    )
  }
}

/// What a netback makes of a frame in the slots of a ring to receive.
enum ReceivedSlots {
  /// The flags of a slot with received data.
  ///
  /// The two for checksums have each other's numbers in requests to transmit.
  enum Flag {
    /// The checksum is known to be right.
    static let validated = 0x1
    /// The checksum is still to be filled in.
    static let blank = 0x2
    /// Another slot with data follows.
    static let more = 0x4
    /// An extra slot follows.
    static let extra = 0x8
  }

  /// How many requests a frame takes.
  static func count(_ length: Int, extras: Int = 0) -> Int { (length + 4095) / 4096 + extras }

  /// The responses to a frame, for requests with consecutive identifiers.
  ///
  /// Where in its page data begins is left open: a frame that arrives shows that it is told right.
  ///
  /// - Parameters:
  ///   - id: The identifier of the first request.
  ///   - flags: What the first slot says of the checksum.
  static func of(
    _ length: Int,
    from id: Int = 0,
    flags: Int = 0,
    extras: [XenResponse] = []
  ) -> [XenResponse] {
    let last = count(length) - 1
    return (0...last).flatMap { number -> [XenResponse] in
      let piece = min(4096, length - number * 4096)
      let more = number == last ? 0 : Flag.more
      guard number == 0 else {
        return [.data(piece, id: id + extras.count + number, flags: more, offset: nil)]
      }
      let first = flags | more | (extras.isEmpty ? 0 : Flag.extra)
      return [.data(piece, id: id, flags: first, offset: nil)] + extras
    }
  }

  /// The extra slot that says how a frame is to be cut.
  static func segmentation(_ size: Int, kind: Int = 1, more: Bool = false) -> XenResponse {
    .extra(type: 1, flags: more ? 1 : 0, payload: XenExtra.segmentation(size, kind))
  }

  /// Sends a frame for which enough pages are posted; it arrives in slots of this form.
  static func passage(
    _ frame: FramePattern,
    from id: Int = 0,
    flags: Int = 0,
    extras: [XenResponse] = []
  ) -> [Step] {
    let arrived = FramePattern(bytes: Array(frame.contents().dropFirst(frame.header.count)))
    return [
      Step.send(frame),
      Guest.responses(
        of(frame.length, from: id, flags: flags, extras: extras),
        of: .receive
      ),
      Step.collect(frame.header.isEmpty ? frame : arrived),
    ]
  }
}

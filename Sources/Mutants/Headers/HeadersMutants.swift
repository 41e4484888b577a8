internal import NetBackend

/// Backends that put the wrong header in front of a frame, or look for it in the wrong place.
enum HeadersMutants {
  static let all = lengths + changes + receiving + sending

  private static let lengths = [
    Mutant.changing("tap.cuts-length-to-sixteen-bits", "header/only-three-lengths", "done") {
      $0.set = { base, features, length throws(BackendError) in
        try base.setFeatures(features, headerLength: Int(UInt16(truncatingIfNeeded: length)))
      }
    },
    Mutant(
      tap: "tap.reports-twelve-uses-ten",
      breaks: "header/reported-is-in-use",
      observed: "24 bytes",
      changing: { _ in
        let wanted = Remembered(0)
        return TamperedBackend.Changes {
          $0.set = { base, features, length throws(BackendError) in
            try base.setFeatures(features, headerLength: min(length, 10))
            wanted.value = length
          }
          $0.headerLength = { _ in wanted.value }
        }
      }
    ),
    Mutant.changing("tap.peek-leaves-header-out", "header/peek-includes-header", "14 bytes") {
      $0.peek = { base throws(BackendError) in
        try base.peekLength().map { $0 - base.headerLength }
      }
    },
    Mutant.changing("tap.room-leaves-header-out", "header/room-includes-header", "required: 60") {
      $0.beforeReceive = { base throws(BackendError) in
        guard let length = try base.peekLength(), length > 0 else { return }
        throw BackendError(
          .noSpace(required: length - base.headerLength),
          call: "receive",
          subject: "tap0"
        )
      }
    },
  ]

  private static let changes = [
    Mutant(
      tap: "tap.changes-header-one-frame-late",
      breaks: "header/changes-take-effect-at-once",
      observed: "header of 0 bytes",
      changing: { _ in
        let next = Remembered<Int?>(nil)
        return TamperedBackend.Changes {
          $0.set = { _, _, length throws(BackendError) in next.value = length }
          $0.beforeReceive = { base throws(BackendError) in
            guard let length = next.value else { return }
            next.value = nil
            try base.setFeatures([], headerLength: length)
          }
        }
      }
    ),
    Mutant.changing(
      "tap.drops-held-frame-uncounted",
      "header/held-frame-is-not-misread",
      "the held frame is delivered"
    ) { $0.drops = { _ in DropCounters() } },
    Mutant.changing("tap.reads-ahead", "header/waiting-frames-are-not-misread", "noSpace") {
      $0.set = { base, features, length throws(BackendError) in
        _ = try base.peekLength()
        try base.setFeatures(features, headerLength: length)
      }
    },
  ]

  private static let receiving = [
    Mutant.changing(
      "tap.leaves-header-unwritten",
      "header/received-bytes-are-written",
      "byte 0: 00"
    ) {
      $0.received = { base, _ throws(BackendError) in base.headerLength > 0 ? 2 : 0 }
    },
    Mutant.changing("tap.leaves-buffer-count-zero", "header/buffer-count-is-one", "byte 10: 01") {
      $0.received = { base, bytes throws(BackendError) in
        if base.headerLength == 12 { bytes.replaceSubrange(10..<12, with: [0, 0]) }
        return 0
      }
    },
  ]

  private static let sending = [
    Mutant.changing("tap.reports-short-send-as-sent", "header/short-send-is-refused", "0 bytes") {
      $0.send = { base, frame throws(BackendError) in
        do throws(BackendError) { return try base.send(bytes: frame.bytes) } catch {
          return frame.bytes.count
        }
      }
    },
    Mutant.changing("tap.wants-header-in-first-element", "header/may-be-split", "frameTooShort") {
      $0.send = { base, frame throws(BackendError) in
        let minimum = base.headerLength
        guard frame.elements.first ?? 0 >= minimum else {
          throw BackendError(.frameTooShort(minimum: minimum), call: "send", subject: "tap0")
        }
        return try base.send(bytes: frame.bytes)
      }
    },
    Mutant.changing("tap.refuses-buffer-count", "header/buffer-count-is-ignored", "dropped") {
      $0.send = { base, frame throws(BackendError) in
        if base.headerLength == 12, frame.bytes[10..<12] != [0, 0] {
          throw BackendError(.dropped, call: "send", subject: "tap0")
        }
        return try base.send(bytes: frame.bytes)
      }
    },
    Mutant.changing("tap.completes-checksum-unasked", "header/unused-fields-are-ignored", "byte 20")
    {
      $0.send = { base, frame throws(BackendError) in
        try base.send(bytes: withChecksumStored(frame.bytes, base.headerLength))
      }
    },
  ]

  /// The frame with two bytes zeroed where its header's checksum fields point, whatever its flags.
  private static func withChecksumStored(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
    guard length > 0, let header = VirtioNetHeader(decoding: bytes), header.checksumStart > 0 else {
      return bytes
    }
    var bytes = bytes
    let position = length + Int(header.checksumStart) + Int(header.checksumOffset)
    if position + 2 <= bytes.count { bytes.replaceSubrange(position..<position + 2, with: [0, 0]) }
    return bytes
  }
}

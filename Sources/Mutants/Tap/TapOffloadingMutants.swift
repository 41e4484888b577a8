internal import NetBackend
internal import SystemPackage
internal import Tap

/// Taps that mistreat frames with something left to do.
enum TapOffloadingMutants {
  static let all = [
    Mutant(
      tap: "tap.leaves-checksums-to-every-guest",
      breaks: "tap/missing-checksum-is-completed",
      observed: "byte 50",
      tampering: { port, right in
        port.onOffloads = { descriptor, offloads throws(Errno) in
          try right.setOffloads(descriptor, to: offloads.union(.checksum))
        }
      }
    ),
    Mutant.changing("tap.clears-received-header", "tap/missing-checksum-is-passed-on", "70 bytes") {
      $0.received = { base, bytes throws(BackendError) in
        for index in 0..<min(base.headerLength, 10) { bytes[index] = 0 }
        return 0
      }
    },
    Mutant.changing(
      "tap.refuses-frames-above-jumbo",
      "tap/unsegmented-frame-arrives-whole",
      "frameTooLong"
    ) {
      $0.beforeReceive = { base throws(BackendError) in
        guard let length = try base.peekLength(), length > 9018 else { return }
        throw BackendError(.frameTooLong(maximum: 9018), call: "receive", subject: "tap0")
      }
    },
    Mutant.changing("tap.refuses-checksum-requests", "tap/requested-checksum-is-sent", "dropped") {
      $0.send = { base, frame throws(BackendError) in
        if base.headerLength > 0, frame.bytes[0] != 0 {
          throw BackendError(.dropped, call: "send", subject: "tap0")
        }
        return try base.send(bytes: frame.bytes)
      }
    },
    Mutant.changing(
      "tap.sends-no-more-than-the-mtu",
      "tap/requested-segments-are-taken",
      "frameTooLong"
    ) {
      $0.send = { base, frame throws(BackendError) in
        let maximum = base.headerLength + 1514
        guard frame.bytes.count <= maximum || base.headerLength == 0 else {
          throw BackendError(.frameTooLong(maximum: maximum), call: "send", subject: "tap0")
        }
        return try base.send(bytes: frame.bytes)
      }
    },
    Mutant.changing(
      "tap.reports-refused-frame-as-sent",
      "tap/malformed-header-is-refused",
      "70 bytes"
    ) {
      $0.send = { base, frame throws(BackendError) in
        do throws(BackendError) { return try base.send(bytes: frame.bytes) } catch {
          if error.reason == .dropped { return frame.bytes.count }
          throw error
        }
      }
    },
    Mutant.changing("tap.insists-on-headers-length", "tap/headers-length-is-a-hint", "dropped") {
      $0.send = { base, frame throws(BackendError) in
        if let header = VirtioNetHeader(decoding: frame.bytes), base.headerLength > 0,
          ![0, 54].contains(header.headersLength)
        {
          throw BackendError(.dropped, call: "send", subject: "tap0")
        }
        return try base.send(bytes: frame.bytes)
      }
    },
  ]
}

internal import BackendConformance
internal import XenNetif

/// Netbacks that fill checksums in wrongly, or where there are none.
enum ChecksumOffloadMutants {
  static let all = filledIn + refusals

  private static let filledIn = [
    Mutant(
      xen: "xen.leaves-checksums-to-nobody",
      breaks: "offload/blank-checksum-is-filled-in",
      observed: "byte 50",
      requests: { $0.flags.remove(.checksumBlank) }
    ),
    Mutant(
      xen: "xen.asks-for-nothing-in-the-header",
      breaks: "offload/blank-checksum-is-told-in-the-header",
      observed: "164 bytes",
      delivering: { $0[0] = 0 }
    ),
    Mutant(
      xen: "xen.mends-what-is-called-right",
      breaks: "offload/other-checksums-stay",
      observed: "byte 50",
      requests: { if $0.flags == .dataValidated { $0.flags = .checksumBlank } }
    ),
    Mutant(
      xen: "xen.writes-zero-as-it-is",
      breaks: "offload/zero-checksum-of-udp-is-written-as-ones",
      observed: "byte 40",
      delivering: { frame in
        if frame.count > 41, frame[12...13] == [8, 0], frame[40...41] == [0xFF, 0xFF] {
          frame.replaceSubrange(40...41, with: [0, 0])
        }
      }
    ),
  ]

  private static let refusals = [
    Mutant(
      xen: "xen.takes-every-protocol-for-udp",
      breaks: "offload/blank-checksum-of-other-protocols-changes-nothing",
      observed: "byte 40",
      leaving: { _ in true },
      delivering: { frame in
        let isKnown = frame[12...13] == [8, 0] && frame[23] == 17
        if !isKnown { frame.fill(from: 34, at: 6) }
      }
    ),
    Mutant(
      xen: "xen.takes-fragments-for-packets",
      breaks: "offload/blank-checksum-of-a-fragment-is-lost",
      observed: "154 bytes",
      requests: { if $0.id == 6 { $0.flags.remove(.checksumBlank) } }
    ),
    Mutant(
      xen: "xen.passes-headers-on-that-are-cut-off",
      breaks: "offload/blank-checksum-beyond-the-frame-is-lost",
      observed: "34 bytes",
      requests: { if $0.size < 54 { $0.flags.remove(.checksumBlank) } }
    ),
    Mutant(
      xen: "xen.knows-no-options",
      breaks: "offload/checksum-is-found-behind-options",
      observed: "byte 50",
      leaving: { _ in true },
      delivering: { frame in
        if frame.count > 52, frame[12...13] == [8, 0] {
          frame.fill(from: 34, at: frame[23] == 6 ? 16 : 6)
        }
      }
    ),
    Mutant(
      xen: "xen.passes-on-what-it-will-not-sum",
      breaks: "offload/short-header-is-refused-or-believed",
      observed: "154 bytes",
      requests: { if $0.id == 1 { $0.flags.remove(.checksumBlank) } }
    ),
    Mutant(
      xen: "xen.leaves-tagged-frames-unsummed",
      breaks: "offload/tagged-frame-is-not-missummed",
      observed: "158 bytes",
      requests: { if $0.size == 158 { $0.flags.remove(.checksumBlank) } }
    ),
  ]
}

extension [UInt8] {
  /// Writes the sum over everything from `start` on into a place behind it.
  fileprivate mutating func fill(from start: Int, at offset: Int) {
    guard start + offset + 2 <= count else { return }
    var sum: UInt32 = 0
    for (index, byte) in self[start...].enumerated() {
      sum += index.isMultiple(of: 2) ? UInt32(byte) << 8 : UInt32(byte)
      sum = sum & 0xFFFF + sum >> 16
    }
    self[start + offset] = ~UInt8(sum >> 8)
    self[start + offset + 1] = ~UInt8(truncatingIfNeeded: sum)
  }
}

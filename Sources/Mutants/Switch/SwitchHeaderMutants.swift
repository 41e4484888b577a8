internal import NetBackend

/// Switches that mistreat vnet headers and what they ask for.
enum SwitchHeaderMutants {
  static let all = headers + offloads

  private static let headers = [
    Mutant(
      valeWithoutHeader: "vale.adds-no-header",
      breaks: "switch/headers-are-converted",
      observed: "14 bytes"
    ),
    Mutant(
      vale: "vale.clears-headers",
      breaks: "switch/equal-headers-pass-unchanged",
      observed: "byte 2",
      sending: { (_, base, frame) throws(BackendError) in
        let header = base.headerLength
        let zeros = [UInt8](repeating: 0, count: header)
        return try base.send(bytes: zeros + frame.dropFirst(header))
      }
    ),
    Mutant(
      valeWithoutHeader: "vale.looks-for-addresses-in-the-first-slot",
      breaks: "switch/header-may-have-its-own-slot",
      observed: "nothing"
    ),
    Mutant(
      valeWithoutHeader: "vale.has-a-slot-for-each",
      breaks: "switch/empty-first-slot-vanishes",
      observed: "2048 bytes"
    ),
    Mutant(
      vale: "vale.sends-late-what-it-dropped",
      breaks: "switch/short-first-slot-is-dropped",
      observed: "60 bytes then 60 bytes",
      sending: { (_, base, frame) throws(BackendError) in
        _ = try base.send(bytes: frame)
        return try base.send(bytes: frame)
      }
    ),
    Mutant(
      valeWithoutHeader: "vale.passes-bad-headers",
      breaks: "switch/bad-header-is-dropped",
      observed: "70 bytes"
    ),
  ]

  private static let offloads = [
    Mutant(
      vale: "vale.leaves-checksums-out",
      breaks: "switch/checksum-is-completed",
      observed: "byte 50",
      sending: { (_, base, frame) throws(BackendError) in
        try base.send(bytes: base.headerLength > 0 ? [0] + frame.dropFirst() : frame)
      }
    ),
    Mutant(
      vale: "vale.writes-checksums-behind-the-end",
      breaks: "switch/checksum-behind-the-end-is-harmless",
      observed: "byte 59",
      sending: { (_, base, frame) throws(BackendError) in
        guard frame.first == 1 else { return try base.send(bytes: frame) }
        return try base.send(bytes: frame.dropLast() + [0xEE])
      }
    ),
    Mutant(
      vale: "vale.cuts-nothing",
      breaks: "switch/large-frames-are-cut",
      observed: "noSpace(required: 1515)",
      sending: { (_, base, frame) throws(BackendError) in
        try base.send(bytes: frame.withoutSegmentation)
      }
    ),
    Mutant(
      vale: "vale.takes-headers-on-trust",
      breaks: "switch/truncated-large-frame-is-dropped",
      observed: "14 bytes",
      sending: { (_, base, frame) throws(BackendError) in
        try base.send(bytes: [0] + frame.withoutSegmentation.dropFirst())
      }
    ),
    Mutant(
      vale: "vale.cuts-as-far-as-there-is-room",
      breaks: "switch/without-room-nothing-is-cut",
      observed: "1514 bytes",
      sending: { (_, base, frame) throws(BackendError) in
        guard frame.count > 9000 else { return try base.send(bytes: frame) }
        let header = [UInt8](repeating: 0, count: 12)
        for _ in 0..<7 { _ = try base.send(bytes: header + frame.dropFirst(12).prefix(1514)) }
        return frame.count
      }
    ),
  ]
}

extension [UInt8] {
  /// The frame behind a header that asks for no segments.
  fileprivate var withoutSegmentation: [UInt8] { prefix(1) + [0] + dropFirst(2) }
}

import NetBackend
import Testing
import XenNetif

@Suite("Offloads of a frontend")
struct NetbackGuestOffloadTests {
  /// What a caller gets of a frame that the frontend sends.
  private func receive(
    _ frame: [UInt8],
    _ flags: TransmitFlags,
    segments: SegmentationExtra? = nil,
    headerLength: Int,
    lengths: [Int] = []
  ) throws -> [[UInt8]] {
    let bench = try NetbackBench()
    if headerLength > 0 {
      try bench.netback.setFeatures(
        XenNetback<SimulatedXenPort>.offered,
        headerLength: headerLength
      )
    }
    let plan = TransmitPlan(
      flags: flags,
      extras: segments.map { [$0.extra()] } ?? [],
      lengths: lengths
    )
    try bench.frontend.transmit.put(frame, plan)
    bench.frontend.transmit.publish()
    bench.loop.settle()
    let frames = try bench.receiveAll()
    if frames.isEmpty { #expect(bench.netback.drops.receiveCorrupt == 1) }
    #expect(bench.producedResponses > 0)
    return frames
  }

  static let partial: [(frame: [UInt8], start: UInt16, offset: UInt16)] = [
    (SampleFrame.tcp4(100), 34, 16), (SampleFrame.tcp4(100, words: 15), 74, 16),
    (SampleFrame.udp4(100), 34, 6), (SampleFrame.udp4(0), 34, 6),
    (SampleFrame.tcp6(99), 54, 16), (SampleFrame.udp6(100), 54, 6),
  ]

  @Test("come as they are behind a vnet header", arguments: partial, [10, 12])
  func marked(_ row: (frame: [UInt8], start: UInt16, offset: UInt16), _ length: Int) throws {
    for flags in [TransmitFlags.checksumBlank, [.checksumBlank, .dataValidated]] {
      let found = try #require(try receive(row.frame, flags, headerLength: length).first)
      let header = try #require(VirtioNetHeader(decoding: found.prefix(length)))
      #expect(header.flags == .needsChecksum)
      #expect((header.checksumStart, header.checksumOffset) == (row.start, row.offset))
      #expect(header.bufferCount == (length == 12 ? 1 : 0))
      #expect(Array(found.dropFirst(length)) == row.frame)
    }
  }

  @Test("are done for a caller without a header", arguments: partial)
  func completed(_ row: (frame: [UInt8], start: UInt16, offset: UInt16)) throws {
    for lengths in [[], [14, 20, 4]] {
      let found = try receive(row.frame, .checksumBlank, headerLength: 0, lengths: lengths)
      #expect(found.count == 1 && SampleFrame.isChecksumRight(found[0]))
      let field = Int(row.start + row.offset)
      #expect(found[0].prefix(field) == row.frame.prefix(field))
      #expect(found[0].dropFirst(field + 2) == row.frame.dropFirst(field + 2))
    }
  }

  @Test("are not asked for by other flags", arguments: [TransmitFlags(), .dataValidated])
  func untouched(_ flags: TransmitFlags) throws {
    var frame = SampleFrame.tcp4(100)
    frame.replaceSubrange(50..<52, with: [0xBE, 0xEF])
    #expect(try receive(frame, flags, headerLength: 0) == [frame])
    let found = try #require(try receive(frame, flags, headerLength: 12).first)
    #expect(found[0] == (flags.isEmpty ? 0 : 2))
    #expect(Array(found.dropFirst(12)) == frame)
  }

  /// Frames without a place for a checksum: not IP, cut off, or a fragment.
  static let hopeless: [[UInt8]] = {
    var more = SampleFrame.tcp4(100)
    more[20] = 0x20
    var behind = SampleFrame.tcp4(100)
    behind[21] = 0x10
    var icmp = SampleFrame.tcp4(100)
    icmp[23] = 1
    let tagged =
      SampleFrame.tcp4(100).prefix(12) + [0x81, 0, 0, 5] + SampleFrame.tcp4(100).dropFirst(12)
    return [
      more, behind, icmp, Array(tagged), SampleFrame.plain(60),
      Array(SampleFrame.tcp4(0).prefix(53)), Array(SampleFrame.tcp4(0).prefix(38)),
      Array(SampleFrame.udp4(0).prefix(41)), Array(SampleFrame.tcp6(0).prefix(64)),
      Array(SampleFrame.ethernet(0x0800)), Array(SampleFrame.tcp4(0).prefix(33)),
    ]
  }()

  @Test("lose a frame that has no place for them", arguments: hopeless)
  func lost(_ frame: [UInt8]) throws {
    #expect(try receive(frame, .checksumBlank, headerLength: 12).isEmpty)
    #expect(try receive(frame, [], headerLength: 0) == [frame])
  }

  @Test("believe a header length that cannot be, in bounds", arguments: [0, 4])
  func headerLength(_ words: UInt8) throws {
    var frame = SampleFrame.tcp4(100)
    frame[14] = 0x40 | words
    let found = try #require(try receive(frame, .checksumBlank, headerLength: 12).first)
    #expect(VirtioNetHeader(decoding: found)?.checksumStart == 14 + 4 * UInt16(words))
  }

  @Test("pass segmentation on", arguments: [UInt16(1448), 1, 65535], [true, false])
  func segmentation(_ size: UInt16, isBlank: Bool) throws {
    let frame = SampleFrame.tcp4(3000)
    var sent = frame
    if !isBlank { sent.replaceSubrange(50..<52, with: [0xBE, 0xEF]) }
    let extra = SegmentationExtra(size: size, type: .tcp4, padding: 0xFF, features: 0xFFFF)
    let found = try receive(
      sent,
      isBlank ? .checksumBlank : [],
      segments: extra,
      headerLength: 12
    )
    #expect(found.count == 1 && Array(found[0].dropFirst(12)) == frame)
    let header = try #require(VirtioNetHeader(decoding: found[0]))
    #expect(header.segmentation == VirtioNetHeader.Segmentation.tcp4)
    #expect((header.segmentSize, header.headersLength) == (size, 54))
  }

  @Test("cannot cut what is not TCP, or is cut off", arguments: 0..<3)
  func uncuttable(_ number: Int) throws {
    let odd = [SampleFrame.udp4(3000), SampleFrame.tcp4(3000), SampleFrame.tcp4(3000)]
    var frame = odd[number]
    if number > 0 { frame[46] = number == 1 ? 0x40 : 0xF0 }
    if number == 2 { frame = Array(frame.prefix(80)) }
    let extra = SegmentationExtra(size: 1448, type: .tcp4)
    #expect(try receive(frame, .checksumBlank, segments: extra, headerLength: 0).isEmpty)
    #expect(try receive(frame, .checksumBlank, segments: extra, headerLength: 12).count == 1)
  }

  @Test("cut for a caller without a header", arguments: [1448, 1, 7000])
  func cut(_ size: UInt16) throws {
    let frame = SampleFrame.tcp6(3000)
    let found = try receive(
      frame,
      .checksumBlank,
      segments: SegmentationExtra(size: size, type: .tcp6),
      headerLength: 0
    )
    #expect(found.count == (3000 + Int(size) - 1) / Int(size))
    #expect(found.flatMap { $0.dropFirst(74) } == Array(frame.dropFirst(74)))
    #expect(found.allSatisfy { SampleFrame.isChecksumRight($0) })
    #expect(found.allSatisfy { Int(SampleFrame.word($0, 18)) == $0.count - 54 })
  }
}

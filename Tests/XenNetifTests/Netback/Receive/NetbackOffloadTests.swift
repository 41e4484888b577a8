import NetBackend
import Testing
import XenNetif

@Suite("Offloads towards a frontend")
struct NetbackOffloadTests {
  private static func header(
    _ start: UInt16,
    _ offset: UInt16,
    segments: UInt16 = 0,
    type: UInt8 = 0,
    headers: UInt16 = 0
  ) -> [UInt8] {
    var header = VirtioNetHeader()
    header.flags = .needsChecksum
    (header.checksumStart, header.checksumOffset) = (start, offset)
    (header.segmentation, header.segmentSize, header.headersLength) = (type, segments, headers)
    return header.encoded(length: 12)
  }

  private static func bench(_ changes: [String: String]) throws -> NetbackBench {
    var configuration = FrontendConfiguration()
    for (key, value) in changes { configuration.features[key] = value }
    let bench = try NetbackBench(.linux, configuration)
    try bench.netback.setFeatures(XenNetback<SimulatedXenPort>.offered, headerLength: 12)
    try bench.post(64)
    return bench
  }

  // Measured: Linux 6.1.192.
  @Test(
    "leave a checksum to who takes it",
    arguments: [
      ([:], true, true), (["feature-no-csum-offload": "1"], false, true),
      (["feature-ipv6-csum-offload": "0"], true, false),
      (["feature-no-csum-offload": "1", "feature-ipv6-csum-offload": "0"], false, false),
    ] as [([String: String], Bool, Bool)]
  )
  func checksums(_ keys: [String: String], takes4: Bool, takes6: Bool) throws {
    let bench = try Self.bench(keys)
    let rows: [([UInt8], UInt16, UInt16, Bool)] = [
      (SampleFrame.tcp4(100), 34, 16, takes4), (SampleFrame.udp4(101), 34, 6, takes4),
      (SampleFrame.tcp6(100), 54, 16, takes6), (SampleFrame.udp6(20), 54, 6, takes6),
    ]
    for (frame, start, offset, isTaken) in rows {
      try bench.send(Self.header(start, offset) + frame)
      let found = try #require(bench.frontend.receive.takeFrames().first)
      #expect(found.flags == (isTaken ? [.checksumBlank, .dataValidated] : []))
      #expect((found.bytes == frame) == isTaken)
      #expect(SampleFrame.isChecksumRight(found.bytes) == !isTaken)
    }
  }

  @Test("say that a checksum was verified")
  func validated() throws {
    let bench = try Self.bench([:])
    var header = VirtioNetHeader()
    header.flags = .dataValid
    try bench.send(header.encoded(length: 12) + SampleFrame.plain(60))
    #expect(bench.frontend.receive.takeFrames().map(\.flags) == [.dataValidated])
  }

  @Test("leave the cutting to who takes it", arguments: [3054, 9054, 65535])
  func segmentation(_ count: Int) throws {
    let bench = try Self.bench([:])
    let frame = SampleFrame.tcp4(count - 54)
    try bench.send(Self.header(34, 16, segments: 1448, type: 1, headers: 54) + frame)
    let found = try #require(bench.frontend.receive.takeFrames().first)
    #expect(found.bytes == frame)
    #expect(found.flags.isSuperset(of: [.checksumBlank, .dataValidated, .extraInfo]))
    #expect(found.extras.map(\.bytes) == [[1, 0, 0xA8, 5, 1, 0, 0, 0]])
    #expect(bench.frontend.violations.isEmpty)
  }

  @Test("send a frame of one segment as it is")
  func oneSegment() throws {
    let bench = try Self.bench([:])
    try bench.send(
      Self.header(34, 16, segments: 1448, type: 1, headers: 54) + SampleFrame.tcp4(100)
    )
    let found = try #require(bench.frontend.receive.takeFrames().first)
    #expect(found.extras.isEmpty)
    #expect(found.flags == [.checksumBlank, .dataValidated])
  }

  @Test(
    "cut for who does not take it",
    arguments: [
      (["feature-gso-tcpv4": "0"], true), (["feature-sg": "0"], true),
      (["feature-no-csum-offload": "1"], false),
    ] as [([String: String], Bool)]
  )
  func cutting(_ keys: [String: String], takesChecksum: Bool) throws {
    let bench = try Self.bench(keys)
    let frame = SampleFrame.tcp4(3000)
    try bench.send(Self.header(34, 16, segments: 1448, type: 1, headers: 54) + frame)
    let found = bench.frontend.receive.takeFrames()
    #expect(found.map(\.bytes.count) == [1502, 1502, 158])
    #expect(found.flatMap { $0.bytes.dropFirst(54) } == Array(frame.dropFirst(54)))
    #expect(found.map { SampleFrame.word($0.bytes, 18) } == [0x1234, 0x1235, 0x1236])
    #expect(found.map { SampleFrame.word($0.bytes, 40) } == [0x1000, 0x15A8, 0x1B50])
    #expect(found.map { $0.bytes[47] } == [0x10, 0x10, 0x19])
    #expect(found.map { SampleFrame.sum(Array($0.bytes[14..<34])) } == [0xFFFF, 0xFFFF, 0xFFFF])
    for segment in found {
      #expect(segment.flags == (takesChecksum ? [.checksumBlank, .dataValidated] : []))
      #expect(SampleFrame.isChecksumRight(segment.bytes) == !takesChecksum)
      #expect(segment.extras.isEmpty)
    }
    if !takesChecksum {
      // Measured: Linux 6.1.192.
      #expect(found.map { SampleFrame.word($0.bytes, 50) } == [0xC5B1, 0x5FA9, 0x0FCA])
    }
  }

  @Test("are refused where they cannot be")
  func refused() throws {
    let bench = try Self.bench([:])
    let frame = SampleFrame.tcp4(3000)
    let headers = [
      Self.header(3053, 16), Self.header(0xFFFF, 0xFFFF),
      Self.header(34, 16, segments: 0, type: 1), Self.header(34, 16, segments: 100, type: 3),
      Self.header(34, 16, segments: 100, type: 4),
    ]
    for (index, header) in headers.enumerated() {
      #expect(throws: BackendError.self) { try bench.send(header + frame) }
      #expect(bench.netback.drops.sendFailed == UInt64(index + 1))
    }
    #expect(bench.frontend.receive.takeFrames().isEmpty)
  }
}

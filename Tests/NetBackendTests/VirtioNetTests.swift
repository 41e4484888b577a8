import NetBackend
import Testing

@Suite struct VirtioNetHeaderTests {
  /// Every field differs, so that none can stand for another.
  private static let header: VirtioNetHeader = {
    var header = VirtioNetHeader()
    header.flags = [.needsChecksum, .dataValid]
    header.segmentation = 4
    header.headersLength = 0x0605
    header.segmentSize = 0x0807
    header.checksumStart = 0x0A09
    header.checksumOffset = 0x0C0B
    header.bufferCount = 0x0E0D
    return header
  }()
  private static let bytes: [UInt8] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]

  @Test("Each field lies at its offset, little-endian", arguments: [0, 10, 12, 20])
  func encodes(length: Int) {
    let expected = Array((Self.bytes + Array(repeating: 0, count: 8)).prefix(length))
    #expect(Self.header.encoded(length: length) == expected)
  }

  @Test func decodesBothForms() {
    #expect(VirtioNetHeader(decoding: Self.bytes) == Self.header)
    var short = Self.header
    short.bufferCount = 0
    #expect(VirtioNetHeader(decoding: Self.bytes.prefix(10)) == short)
    #expect(VirtioNetHeader(decoding: Self.bytes.prefix(11)) == short)
  }

  @Test("Fewer than 10 bytes are no header", arguments: 0..<10)
  func refusesShort(length: Int) {
    #expect(VirtioNetHeader(decoding: Self.bytes.prefix(length)) == nil)
  }
}

@Suite struct VirtioNetFeaturesTests {
  @Test(
    "A feature lacks what it needs when it stands alone",
    arguments: [
      7, 8, 9, 10, 11, 12, 13, 14, 18, 19, 20, 21, 22, 23, 51, 52, 53, 54, 55, 56, 57, 60, 61,
    ]
  )
  func lacksAlone(bit: Int) {
    let feature = VirtioNetFeatures(bit: bit)
    #expect(feature.lackingDependencies == feature)
  }

  @Test(
    "A feature with what it needs lacks nothing",
    arguments: [
      [.guestChecksum, .guestTCP4, .guestECN], [.guestChecksum, .guestTCP6, .guestECN],
      [.guestChecksum, .guestUDP, .guestUDPSegments4, .guestUDPSegments6],
      [.checksum, .hostTCP4, .hostECN], [.checksum, .hostTCP6, .hostECN],
      [.checksum, .hostUDP, .hostUDPSegments], [], [.checksum], [.guestChecksum],
      [.mergeableBuffers],
    ] as [VirtioNetFeatures]
  )
  func complete(features: VirtioNetFeatures) {
    #expect(features.lackingDependencies == [])
  }

  @Test("Congestion notification needs TCP, not only a checksum")
  func indirect() {
    #expect(([.checksum, .hostECN] as VirtioNetFeatures).lackingDependencies == .hostECN)
    #expect(([.guestChecksum, .guestECN] as VirtioNetFeatures).lackingDependencies == .guestECN)
  }

  @Test func namesAreThoseOfTheSpecification() {
    let features: VirtioNetFeatures = [.checksum, .guestTCP4, VirtioNetFeatures(bit: 40)]
    #expect(features.description == "[CSUM, GUEST_TSO4, bit 40]")
  }
}

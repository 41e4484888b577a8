import Testing
import XenNetif

@Suite("What lies in extra slots")
struct ExtraWireTests {
  private static let group: [UInt8] = [0x01, 0x00, 0x5E, 0x00, 0x00, 0xFB]

  @Test(
    "An extra is eight bytes",
    arguments: [
      ("01 00 a8 05 01 00 00 00", SegmentationExtra(size: 1448, type: .tcp4).extra()),
      ("01 01 a8 05 02 00 00 00", SegmentationExtra(size: 1448, type: .tcp6).extra(hasMore: true)),
      (
        "01 00 34 12 ff ee cd ab",
        SegmentationExtra(
          size: 0x1234,
          type: SegmentationType(rawValue: 0xFF),
          padding: 0xEE,
          features: 0xABCD
        ).extra()
      ),
      ("02 00 01 00 5e 00 00 fb", MulticastExtra(address: group).extra(.multicastAdd)),
      ("03 00 01 00 5e 00 00 fb", MulticastExtra(address: group).extra(.multicastDelete)),
      ("04 00 01 01 78 c1 cc 51", HashExtra(type: 1, value: 0x51CC_C178).extra()),
      ("05 00 00 01 00 00 00 00", HeadroomExtra(headroom: 256).extra()),
      (
        "ff fe 01 02 03 04 05 06",
        ExtraInfo(
          type: ExtraType(rawValue: 0xFF),
          flags: 0xFE,
          payload: ExtraPayload([1, 2, 3, 4, 5, 6])
        )
      ),
    ]
  )
  func extra(_ text: String, _ value: ExtraInfo) {
    #expect(value.bytes == bytes(text))
    #expect(ExtraInfo(bytes: bytes(text)) == value)
    #expect(ExtraInfo.size == 8)
  }

  @Test("A payload is read as what its type says")
  func views() {
    let segmentation = SegmentationExtra(size: 0xFFFF, type: .tcp6, padding: 1, features: 0xFFFF)
    #expect(SegmentationExtra(segmentation.payload) == segmentation)
    #expect(MulticastExtra(MulticastExtra(address: Self.group).payload).address.bytes == Self.group)
    let hash = HashExtra(type: 3, algorithm: HashAlgorithm(rawValue: 0xFF), value: 0xFFFF_FFFF)
    #expect(HashExtra(hash.payload) == hash)
    #expect(HeadroomExtra(HeadroomExtra(headroom: 0x7FFF).payload).headroom == 0x7FFF)
  }

  @Test(
    "Only the lowest flag says that another extra follows",
    arguments: 0...255 as ClosedRange<UInt8>
  )
  func more(_ flags: UInt8) {
    #expect(ExtraInfo(type: .hash, flags: flags).hasMore == (flags % 2 == 1))
  }

  @Test("Types have the numbers of the header")
  func types() {
    let types: [ExtraType] = [
      .none, .segmentation, .multicastAdd, .multicastDelete, .hash, .headroom,
    ]
    #expect(types.map(\.rawValue) == [0, 1, 2, 3, 4, 5])
    let kinds: [SegmentationType] = [.none, .tcp4, .tcp6]
    #expect(kinds.map(\.rawValue) == [0, 1, 2])
  }
}

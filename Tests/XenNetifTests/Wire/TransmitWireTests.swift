import Testing
import XenNetif

@Suite("What lies in transmit slots")
struct TransmitWireTests {
  private static func makeRequest(
    _ grant: UInt32,
    _ offset: UInt16,
    _ flags: UInt16,
    _ id: UInt16,
    _ size: UInt16
  ) -> TransmitRequest {
    TransmitRequest(
      grant: GrantReference(rawValue: grant),
      offset: offset,
      flags: TransmitFlags(rawValue: flags),
      id: id,
      size: size
    )
  }

  private static let requests: [(String, TransmitRequest)] = [
    ("2a 00 00 00 40 00 00 00 07 00 3c 00", makeRequest(0x2A, 0x40, 0, 7, 60)),
    ("01 01 00 00 00 00 04 00 10 00 c8 00", makeRequest(0x101, 0, 4, 0x10, 200)),
    ("02 01 00 00 00 00 04 00 11 00 28 00", makeRequest(0x102, 0, 4, 0x11, 40)),
    ("03 01 00 00 00 00 00 00 12 00 32 00", makeRequest(0x103, 0, 0, 0x12, 50)),
    ("01 01 00 00 00 01 07 00 10 00 c8 00", makeRequest(0x101, 0x100, 7, 0x10, 200)),
    ("03 01 00 00 00 08 00 00 12 00 32 00", makeRequest(0x103, 0x800, 0, 0x12, 50)),
    ("00 02 00 00 02 00 0f 00 20 00 8a 1c", makeRequest(0x200, 2, 0xF, 0x20, 7306)),
    ("01 02 00 00 00 00 04 00 21 00 00 10", makeRequest(0x201, 0, 4, 0x21, 4096)),
    ("02 02 00 00 00 00 00 00 22 00 48 0c", makeRequest(0x202, 0, 0, 0x22, 3144)),
    ("00 00 00 00 00 00 08 00 30 00 00 00", makeRequest(0, 0, 8, 0x30, 0)),
    ("00 00 00 00 00 00 08 00 31 00 00 00", makeRequest(0, 0, 8, 0x31, 0)),
    ("0a 00 00 00 00 00 04 00 01 00 64 00", makeRequest(0xA, 0, 4, 1, 100)),
    ("0b 00 00 00 00 00 00 00 02 00 c8 00", makeRequest(0xB, 0, 0, 2, 200)),
    ("2a 00 00 00 c5 0f 00 00 07 00 3c 00", makeRequest(0x2A, 4037, 0, 7, 60)),
    ("ff ff ff ff ff ff ff ff 01 80 ff ff", makeRequest(.max, .max, .max, 0x8001, .max)),
  ]

  @Test("A request is twelve bytes", arguments: requests)
  func request(_ text: String, _ value: TransmitRequest) {
    #expect(value.bytes == bytes(text))
    #expect(TransmitRequest(bytes: bytes(text)) == value)
    #expect(TransmitRequest.size == 12)
  }

  @Test(
    "A response is four bytes",
    arguments: [
      ("10 00 00 00", TransmitResponse(id: 0x10, status: .okay)),
      ("10 00 ff ff", TransmitResponse(id: 0x10, status: .error)),
      ("10 00 fe ff", TransmitResponse(id: 0x10, status: .dropped)),
      ("34 12 01 00", TransmitResponse(id: 0x1234, status: .null)),
    ]
  )
  func response(_ text: String, _ value: TransmitResponse) {
    #expect(value.bytes == bytes(text))
    #expect(TransmitResponse(bytes: bytes(text)) == value)
    #expect(TransmitResponse.size == 4)
  }

  @Test("Flags have the bits of the header")
  func flags() {
    let flags: [TransmitFlags] = [.checksumBlank, .dataValidated, .moreData, .extraInfo]
    #expect(flags.map(\.rawValue) == [1, 2, 4, 8])
  }
}

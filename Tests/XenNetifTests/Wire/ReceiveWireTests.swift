import Testing
import XenNetif

@Suite("What lies in receive slots")
struct ReceiveWireTests {
  @Test("A request is eight bytes, two of which are a hole")
  func request() {
    let request = ReceiveRequest(id: 5, grant: GrantReference(rawValue: 0x345))
    #expect(request.bytes == bytes("05 00 00 00 45 03 00 00"))
    #expect(ReceiveRequest(bytes: bytes("05 00 ff ff 45 03 00 00")) == request)
    #expect(ReceiveRequest.size == 8)
  }

  @Test(
    "A response is eight bytes",
    arguments: [
      ("05 00 00 00 01 00 ea 05", ReceiveResponse(id: 5, flags: .dataValidated, status: 1514)),
      (
        "06 00 00 00 0f 00 00 10",
        ReceiveResponse(
          id: 6,
          flags: [.dataValidated, .checksumBlank, .moreData, .extraInfo],
          status: 4096
        )
      ),
      ("07 00 00 00 00 00 ff ff", ReceiveResponse(id: 7, status: -1)),
      ("07 00 02 00 00 00 3c 00", ReceiveResponse(id: 7, offset: 2, status: 60)),
    ]
  )
  func response(_ text: String, _ value: ReceiveResponse) {
    #expect(value.bytes == bytes(text))
    #expect(ReceiveResponse(bytes: bytes(text)) == value)
    #expect(ReceiveResponse.size == 8)
  }

  @Test("Flags have the bits of the header, which are not those of sending")
  func flags() {
    let flags: [ReceiveFlags] = [
      .dataValidated, .checksumBlank, .moreData, .extraInfo, .segmentationPrefix,
    ]
    #expect(flags.map(\.rawValue) == [1, 2, 4, 8, 16])
  }
}

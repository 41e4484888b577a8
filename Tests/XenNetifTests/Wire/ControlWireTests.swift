import Testing
import XenNetif

@Suite("What lies in control slots")
struct ControlWireTests {
  @Test("Asking for the Toeplitz hash is the header's sixteen bytes")
  func request() {
    let request = ControlRequest(id: 9, type: .setHashAlgorithm, data: (1, 0, 0))
    let text = bytes("09 00 07 00 01 00 00 00 00 00 00 00 00 00 00 00")
    #expect(request.bytes == text)
    #expect(ControlRequest(bytes: text) == request)
    #expect(ControlRequest.size == 16)
  }

  @Test("Its answer is twelve")
  func response() {
    let response = ControlResponse(id: 9, type: .setHashAlgorithm, status: .success)
    let text = bytes("09 00 07 00 00 00 00 00 00 00 00 00")
    #expect(response.bytes == text)
    #expect(ControlResponse(bytes: text) == response)
    #expect(ControlResponse.size == 12)
  }

  @Test("Each number is in its place, little-endian")
  func places() {
    let text = bytes("01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10")
    let request = ControlRequest(bytes: text)
    #expect(request.id == 0x0201)
    #expect(request.type.rawValue == 0x0403)
    #expect(request.data == (0x0807_0605, 0x0C0B_0A09, 0x100F_0E0D))
    #expect(request.bytes == text)
    let response = ControlResponse(bytes: text)
    #expect(response.status.rawValue == 0x0807_0605)
    #expect(response.data == 0x0C0B_0A09)
    #expect(response.bytes == Array(text.prefix(12)))
  }

  @Test("Types and statuses have the numbers of the header")
  func numbers() {
    let types: [ControlType] = [
      .getHashFlags, .setHashFlags, .setHashKey, .getHashMappingSize, .setHashMappingSize,
      .setHashMapping, .setHashAlgorithm, .getGrantMappingSize, .addGrantMapping,
      .deleteGrantMapping,
    ]
    #expect(types.map(\.rawValue) == Array(1...10))
    let statuses: [ControlStatus] = [.success, .notSupported, .invalidParameter, .bufferOverflow]
    #expect(statuses.map(\.rawValue) == [0, 1, 2, 3])
  }
}

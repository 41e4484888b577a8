import Netmap
import SystemPackage
import Testing

@Suite("The bytes of netmap's requests")
struct NetmapABITests {
  @Test("the numbers of the requests are those of the kernel")
  func requests() {
    #expect(NetmapControl.syncTransmit == 0x6994)
    #expect(NetmapControl.syncReceive == 0x6995)
    #expect(NetmapControl.control == 0xC058_6997)
  }

  @Test("a header has 88 bytes: version, type, name, options, body")
  func header() throws {
    var header = try NetmapRequestHeader(.setPortHeader, of: "vale0:1")
    header.options = 0x0102_0304_0506_0708
    header.body = 0x1112_1314_1516_1718
    let expected: [UInt8] =
      [14, 0, 6, 0, 0, 0, 0, 0] + Array("vale0:1".utf8) + [UInt8](repeating: 0, count: 57)
      + [8, 7, 6, 5, 4, 3, 2, 1, 0x18, 0x17, 0x16, 0x15, 0x14, 0x13, 0x12, 0x11]
    #expect(header.bytes.bytes == expected)
    #expect(NetmapRequestHeader(header.bytes) == header)
  }

  @Test("a name is kept whole or refused")
  func names() throws {
    let longest = String(repeating: "n", count: 63)
    #expect(try NetmapRequestHeader(.register, of: longest).bytes.bytes[8 + 63] == 0)
    #expect(throws: Errno.fileNameTooLong) {
      try NetmapRequestHeader(.register, of: longest + "n")
    }
    #expect(throws: Errno.invalidArgument) { try NetmapRequestHeader(.register, of: "vale0\0:1") }
  }

  @Test("a request to bind has 56 bytes")
  func register() throws {
    var geometry = NetmapGeometry()
    geometry.transmitSlots = 0x0102_0304
    geometry.receiveSlots = 0x1112_1314
    geometry.transmitRings = 0x2122
    geometry.receiveRings = 0x3132
    geometry.extraBuffers = 0x4142_4344
    let request = NetmapRegistration(
      port: "eth0",
      mode: .oneRing,
      ring: 0x5152,
      flags: [.exclusive, .noTransmitPoll],
      memoryID: 0x6162,
      geometry: geometry
    )
    let body = try NetmapRegisterBody(request)
    let expected: [UInt8] =
      [UInt8](repeating: 0, count: 16)
      + [4, 3, 2, 1, 0x14, 0x13, 0x12, 0x11, 0x22, 0x21, 0x32, 0x31, 0, 0, 0, 0]
      + [0x62, 0x61, 0x52, 0x51, 4, 0, 0, 0, 0x44, 0x43, 0x42, 0x41, 0, 0, 0, 0]
      + [0, 8, 2, 0, 0, 0, 0, 0]
    #expect(body.bytes.bytes == expected)
    #expect(body.request(port: "eth0") == request)
  }

  @Test("the answer is read from where the kernel wrote it")
  func answer() throws {
    // What a fresh port of a switch was measured to be given, with five buffers more.
    var geometry = NetmapGeometry()
    geometry.transmitSlots = 1024
    geometry.receiveSlots = 1024
    geometry.transmitRings = 1
    geometry.receiveRings = 1
    geometry.extraBuffers = 5
    let given = NetmapRegistered(
      offset: 1024,
      memorySize: 42_381_312,
      memoryID: 2,
      geometry: geometry
    )
    var body = try NetmapRegisterBody(NetmapRegistration(port: "vale0:1"))
    try body.answer(given)
    let expected: [UInt8] =
      [0, 4, 0, 0, 0, 0, 0, 0, 0, 0xB0, 0x86, 2, 0, 0, 0, 0]
      + [0, 4, 0, 0, 0, 4, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]
      + [2, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0]
      + [0, 0, 0, 0, 0, 0, 0, 0]
    #expect(body.bytes.bytes == expected)
    #expect(try body.registered() == given)
  }

  @Test("memory that no process can have is refused")
  func memoryTooLarge() throws {
    var bytes = NetmapBytes(count: 56)
    bytes.put(UInt64.max, at: 8)
    #expect(throws: Errno.overflow) { try NetmapRegisterBody(bytes).registered() }
  }

  static let impossible: [@Sendable (inout NetmapGeometry) -> Void] = [
    { $0.transmitSlots = -1 }, { $0.receiveSlots = 1 << 32 }, { $0.transmitRings = 1 << 16 },
    { $0.receiveRings = -1 }, { $0.extraBuffers = 1 << 32 },
  ]

  @Test("a number that does not fit its field is refused", arguments: impossible.indices)
  func numbers(_ index: Int) {
    var geometry = NetmapGeometry()
    Self.impossible[index](&geometry)
    #expect(throws: Errno.invalidArgument) {
      try NetmapRegisterBody(NetmapRegistration(port: "eth0", geometry: geometry))
    }
  }

  @Test("a mode that is none is no request")
  func mode() {
    #expect(NetmapRegisterBody(NetmapBytes(count: 56)).request(port: "eth0") == nil)
  }

  @Test("an option begins with 24 bytes")
  func option() {
    var option = NetmapOptionHeader(type: 4, next: 0x0102_0304_0506_0708)
    option.status = 95
    option.length = 64
    let expected: [UInt8] = [
      8, 7, 6, 5, 4, 3, 2, 1, 4, 0, 0, 0, 95, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0,
    ]
    #expect(option.bytes.bytes == expected)
    #expect(NetmapOptionHeader(option.bytes) == option)
  }
}

import NetBackend
import Netmap
import Testing

@Suite("The names of netmap ports")
struct NetmapPortNameTests {
  struct Valid: Sendable, CustomTestStringConvertible {
    var name: String
    var request: NetmapRegistration
    var isSwitchPort = false

    var testDescription: String { name }
  }

  static let valid = [
    Valid(name: "netmap:eth0", request: .init(port: "eth0")),
    Valid(name: "netmap:eth0.100", request: .init(port: "eth0.100")),
    Valid(name: "netmap:123456789012345", request: .init(port: "123456789012345")),
    Valid(name: "netmap:v", request: .init(port: "v")),
    Valid(name: "netmap:eth0-2", request: .init(port: "eth0", mode: .oneRing, ring: 2)),
    Valid(name: "netmap:eth0-4094", request: .init(port: "eth0", mode: .oneRing, ring: 4094)),
    Valid(name: "netmap:eth0^", request: .init(port: "eth0", mode: .hostRings)),
    Valid(name: "netmap:eth0*", request: .init(port: "eth0", mode: .allAndHostRings)),
    Valid(name: "netmap:eth0{1", request: .init(port: "eth0{1")),
    Valid(name: "netmap:eth0}007", request: .init(port: "eth0}7")),
    Valid(name: "netmap:eth0/x", request: .init(port: "eth0", flags: .exclusive)),
    Valid(
      name: "netmap:eth0-1/ztrRTx",
      request: .init(
        port: "eth0",
        mode: .oneRing,
        ring: 1,
        flags: [
          .exclusive, .zeroCopyMonitor, .transmitMonitor, .receiveMonitor, .receiveRingsOnly,
          .transmitRingsOnly,
        ]
      )
    ),
    Valid(name: "netmap:eth0@7", request: .init(port: "eth0", memoryID: 7)),
    Valid(
      name: "netmap:eth0/R@65535",
      request: .init(port: "eth0", flags: .receiveRingsOnly, memoryID: 65535)
    ),
    Valid(
      name: "netmap:eth0^/R@2/x",
      request: .init(
        port: "eth0",
        mode: .hostRings,
        flags: [.receiveRingsOnly, .exclusive],
        memoryID: 2
      )
    ),
    Valid(name: "vale0:1", request: .init(port: "vale0:1"), isSwitchPort: true),
    Valid(name: "valeX:port", request: .init(port: "valeX:port"), isSwitchPort: true),
    Valid(name: "vale_a:b_1", request: .init(port: "vale_a:b_1"), isSwitchPort: true),
    Valid(
      name: "valetta:1/x",
      request: .init(port: "valetta:1", flags: .exclusive),
      isSwitchPort: true
    ),
    Valid(name: "vale0:123456789", request: .init(port: "vale0:123456789"), isSwitchPort: true),
    Valid(name: "vale0:p-0", request: .init(port: "vale0:p", mode: .oneRing), isSwitchPort: true),
    Valid(name: "vale0:p{1", request: .init(port: "vale0:p{1")),
    Valid(name: "vale0:p}4094@2", request: .init(port: "vale0:p}4094", memoryID: 2)),
  ]

  @Test("a name is taken apart as netmap does it", arguments: valid)
  func taken(_ example: Valid) throws {
    let name = try NetmapPortName(example.name)
    #expect(name.registration == example.request)
    #expect(name.isSwitchPort == example.isSwitchPort)
    #expect(name.port == example.request.port)
  }

  static let invalid = [
    "netmap", "netmap:", "netmap0", "Netmap:eth0", " netmap:eth0", "tap0", "eth0",
    // Interfaces that cannot be.
    "netmap:.", "netmap:..", "netmap:a b", "netmap:eth0:1", "netmap:1234567890123456", "netmap:é",
    "netmap:eth0\0", "netmap:-1", "netmap:{1", "netmap:/x", "netmap:@1", "netmap:../null",
    // The kernel would take these for a switch.
    "netmap:vale0", "netmap:vale0:1", "netmap:valencia0",
    // Switches and ports that cannot be.
    "vale", "vale0", "vale:", "vale0:", "vale:1", "vale:eth0", "vale0:1:2", "vale0::1", "vale0: 1",
    "vale0.1:2", "vale0:a.b", "vale0:é", "vale-0:1", "vale0:{1", "vale0:1234567890",
    "vale012345678:12", "VALE0:1",
    // Rings.
    "netmap:eth0-", "netmap:eth0--1", "netmap:eth0-+1", "netmap:eth0- 1", "netmap:eth0-4095",
    "netmap:eth0-1a", "netmap:eth0-1-2", "netmap:eth0-99999999999999999999", "netmap:eth0^*",
    "netmap:eth0^1", "netmap:eth0*-1",
    // Pipes.
    "netmap:eth0{", "netmap:eth0}", "netmap:eth0{x", "netmap:eth0{1}", "netmap:eth0{4095",
    "netmap:eth0{1-1", "vale0:p{1^",
    // Flags and regions.
    "netmap:eth0/", "netmap:eth0/y", "netmap:eth0/x/r", "netmap:eth0/x-1", "netmap:eth0/@1",
    "netmap:eth0@", "netmap:eth0@0", "netmap:eth0@-1", "netmap:eth0@65536", "netmap:eth0@1@2",
    "netmap:eth0@x", "netmap:eth0@1/", "netmap:eth0@1/x@2", "netmap:eth0/x ",
  ]

  @Test("a name that is none is refused, and the error has the whole of it", arguments: invalid)
  func refused(_ name: String) {
    #expect(throws: BackendError(.invalidName, call: "open", subject: name)) {
      try NetmapPortName(name)
    }
  }

  @Test("an empty name is refused")
  func empty() {
    #expect(throws: BackendError(.invalidName, call: "open", subject: "(empty name)")) {
      try NetmapPortName("")
    }
  }
}

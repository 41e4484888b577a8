import RingMemory
import Testing
import XenNetif

@Suite("The control ring of a netback")
struct NetbackControlTests {
  private static let key = bytes(
    """
    6d5a56da255b0ec2 4167253d43a38fb0 d0ca2bcbae7b30b4 77cb2da38030f20c 6a42b73bbeac01fa
    """
  )

  private static func bench(
    queues: Int = 2,
    _ policy: NetbackPolicy = .linux
  ) throws -> NetbackBench {
    var configuration = FrontendConfiguration()
    (configuration.queues, configuration.hasControl) = (queues, true)
    return try NetbackBench(policy, configuration)
  }

  /// Asks, and says what the answer's status and data are.
  private func ask(
    _ bench: NetbackBench,
    _ type: Int,
    _ data: (UInt32, UInt32, UInt32) = (0, 0, 0)
  ) throws -> [UInt32] {
    let control = try #require(bench.frontend.control)
    let request = ControlRequest(id: 9, type: ControlType(rawValue: UInt16(type)), data: data)
    try control.send(request)
    bench.loop.settle()
    let response = try #require(try control.takeResponses().first)
    #expect((response.id, response.type) == (9, request.type))
    return [response.status.rawValue, response.data]
  }

  // Measured: Linux 6.1.192.
  @Test("answers what it is asked")
  func answers() throws {
    let bench = try Self.bench()
    let page = try bench.frontend.grant(Self.key).rawValue
    for type in [0, 8, 9, 10, 11, 0xFFFF] { #expect(try ask(bench, type) == [1, 0]) }
    #expect(try ask(bench, 1) == [1, 0])
    #expect(try ask(bench, 2, (15, 0, 0)) == [2, 0])
    #expect(try ask(bench, 7, (2, 0, 0)) == [2, 0])
    #expect(try ask(bench, 7, (1, 0, 0)) == [0, 0])
    #expect(try ask(bench, 1) == [0, 15])
    for (types, status) in [(15, 0), (16, 2), (0, 0)] as [(UInt32, UInt32)] {
      #expect(try ask(bench, 2, (types, 0, 0)) == [status, 0])
    }
    for (grant, length, status) in [
      (page, 40, 0), (page, 39, 0), (page, 0, 0), (page, 41, 2), (page, 0xFFFF_FFFF, 2),
      (999_999, 40, 2), (999_999, 0, 0),
    ] as [(UInt32, UInt32, UInt32)] {
      #expect(try ask(bench, 3, (grant, length, 0)) == [status, 0])
    }
    #expect(try ask(bench, 4) == [0, 128])
    for (size, status) in [(0, 0), (128, 0), (129, 2), (0xFFFF_FFFF, 2), (8, 0)]
      as [(UInt32, UInt32)]
    {
      #expect(try ask(bench, 5, (size, 0, 0)) == [status, 0])
    }
  }

  // Measured: Linux 6.1.192; XSA-270.
  @Test("changes a part of the table, or nothing")
  func mapping() throws {
    let bench = try Self.bench()
    let good = try bench.frontend.grant([UInt8](repeating: 0, count: 4096)).rawValue
    let bad = try bench.frontend.grant(bytes("00000000 02000000")).rawValue
    #expect(try ask(bench, 5, (8, 0, 0)) == [0, 0])
    for (grant, length, offset, status) in [
      (good, 8, 0, 0), (good, 1, 7, 0), (good, 0, 0, 0), (good, 0, 8, 0), (good, 2, 7, 2),
      (good, 2, 0xFFFF_FFFF, 2), (good, 9, 0, 2), (good, 0, 9, 2), (good, 1025, 0, 2),
      (good, 0xFFFF_FFFF, 0xFFFF_FFFF, 2), (999_999, 1, 0, 2), (bad, 2, 0, 2), (bad, 1, 0, 0),
    ] as [(UInt32, UInt32, UInt32, UInt32)] {
      #expect(try ask(bench, 6, (grant, length, offset)) == [status, 0])
    }
    #expect(try ask(bench, 5, (0, 0, 0)) == [0, 0])
    #expect(try ask(bench, 6, (good, 1, 0)) == [2, 0])
  }

  @Test("says by the policy that a key is too long")
  func longKey() throws {
    #expect(try ask(try Self.bench(.strict), 3, (1, 41, 0)) == [3, 0])
  }

  private static func bench(_ policy: NetbackPolicy) throws -> NetbackBench {
    try bench(queues: 2, policy)
  }

  @Test("is not looked at when it claims more than it has", arguments: [129, 0x8000_0000])
  func overflow(_ producer: UInt32) throws {
    let bench = try Self.bench()
    let control = try #require(bench.frontend.control)
    control.page.ring.requestProducer.store(producer)
    control.kick()
    bench.loop.settle()
    #expect(control.page.ring.responseProducer.load() == 0)
    let pages = try GuestPages(1, of: bench)
    bench.publish([.data(0, 60, id: 1)], pages)
    #expect(bench.producedResponses == 1)
  }

  struct Flow: Sendable {
    var source: String
    var destination: String
    var ports: (UInt16, UInt16)
    var plain: UInt32
    var withPorts: UInt32
  }

  static let flows = [
    Flow(
      source: "420995bb",
      destination: "a18e6450",
      ports: (2794, 1766),
      plain: 0x323e_8fc2,
      withPorts: 0x51cc_c178
    ),
    Flow(
      source: "c75c6f02",
      destination: "41458c53",
      ports: (14230, 4739),
      plain: 0xd718_262a,
      withPorts: 0xc626_b0ea
    ),
    Flow(
      source: "3ffe0501 00080000 026097ff fe40efab",
      destination: "ff020000 00000000 00000000 00000001",
      ports: (14230, 4739),
      plain: 0x0f0c_461c,
      withPorts: 0xdde5_1bbf
    ),
  ]

  private func frame(_ flow: Flow, isUDP: Bool = false) -> [UInt8] {
    let isIP4 = flow.source.count == 8
    var frame =
      isIP4
      ? (isUDP ? SampleFrame.udp4(20) : SampleFrame.tcp4(20))
      : (isUDP ? SampleFrame.udp6(20) : SampleFrame.tcp6(20))
    let addresses = bytes(flow.source) + bytes(flow.destination)
    let start = isIP4 ? 26 : 22
    frame.replaceSubrange(start..<start + addresses.count, with: addresses)
    let ports = SampleFrame.big(flow.ports.0) + SampleFrame.big(flow.ports.1)
    frame.replaceSubrange((isIP4 ? 34 : 54)..<(isIP4 ? 38 : 58), with: ports)
    return frame
  }

  /// The queue that a frame comes out of, and its hash as it stands in the ring.
  private func receive(_ bench: NetbackBench, _ frame: [UInt8]) throws -> (Int, [UInt8]?) {
    for queue in bench.frontend.queues {
      try queue.receive.post(4)
      queue.receive.publish()
    }
    bench.loop.settle()
    try bench.send(frame)
    for (number, queue) in bench.frontend.queues.enumerated() {
      if let found = queue.receive.takeFrames().first {
        return (number, found.extras.first?.bytes)
      }
    }
    throw NoFrame()
  }

  private struct NoFrame: Error {}

  private func prepare(_ bench: NetbackBench, types: UInt32) throws {
    let grant = try bench.frontend.grant(Self.key).rawValue
    #expect(try ask(bench, 7, (1, 0, 0)) == [0, 0])
    #expect(try ask(bench, 2, (types, 0, 0)) == [0, 0])
    #expect(try ask(bench, 3, (grant, 40, 0)) == [0, 0])
  }

  @Test("spreads frames over queues by their hash", arguments: flows, [UInt32(15), 5, 0])
  func spread(_ flow: Flow, types: UInt32) throws {
    let bench = try Self.bench()
    try prepare(bench, types: types)
    let first: UInt8 = flow.source.count == 8 ? 0 : 2
    for isUDP in [false, true] {
      let (queue, extra) = try receive(bench, frame(flow, isUDP: isUDP))
      let hasPorts = types == 15 && !isUDP
      let value = hasPorts ? flow.withPorts : flow.plain
      let little = (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
      #expect(extra == (types == 0 ? nil : [4, 0, first + (hasPorts ? 1 : 0), 1] + little))
      #expect(queue == (types == 0 ? 0 : Int(value % 2)))
    }
    #expect(try receive(bench, SampleFrame.plain(60)) == (0, nil))
  }

  @Test("spreads frames by the table", arguments: flows)
  func table(_ flow: Flow) throws {
    let bench = try Self.bench()
    try prepare(bench, types: 15)
    let table = try bench.frontend.grant(bytes("01000000 00000000 01000000 00000000")).rawValue
    #expect(try ask(bench, 5, (4, 0, 0)) == [0, 0])
    #expect(try ask(bench, 6, (table, 4, 0)) == [0, 0])
    #expect(try receive(bench, frame(flow)).0 == 1 - Int(flow.withPorts % 2))
  }

  @Test("tells no hash where there is one queue")
  func oneQueue() throws {
    let bench = try Self.bench(queues: 1)
    try prepare(bench, types: 15)
    #expect(try receive(bench, frame(Self.flows[0])) == (0, nil))
  }
}

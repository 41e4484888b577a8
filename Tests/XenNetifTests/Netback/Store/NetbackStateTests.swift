import NetBackend
import SystemPackage
import Testing
import XenNetif

@Suite("The states of a netback")
struct NetbackStateTests {
  struct Trace: Sendable, CustomTestStringConvertible {
    /// The states that a connected frontend tells one after the other.
    var frontend: [Int]
    /// What the backend tells each time.
    var backend: [[Int]]
    var testDescription: String { frontend.map(String.init).joined(separator: ", ") }
  }

  // Measured: Linux 6.1.192.
  static let traces: [Trace] = [
    Trace(frontend: [5], backend: [[5]]),
    Trace(frontend: [5, 6], backend: [[5], [6]]),
    Trace(frontend: [6], backend: [[5, 6]]),
    Trace(frontend: [1], backend: [[5, 6, 2]]),
    Trace(frontend: [6, 1, 4], backend: [[5, 6], [2], [4]]),
    Trace(frontend: [5, 6, 1, 4], backend: [[5], [6], [2], [4]]),
    Trace(frontend: [5, 4], backend: [[5], [6, 2, 4]]),
    Trace(frontend: [5, 1, 4], backend: [[5], [6, 2], [4]]),
    Trace(frontend: [3], backend: [[]]),
    Trace(frontend: [4], backend: [[]]),
    Trace(frontend: [7], backend: [[8]]),
    Trace(frontend: [7, 4, 7], backend: [[8], [], [8]]),
    Trace(frontend: [9], backend: [[5]]),
    Trace(frontend: [2], backend: [[5]]),
    Trace(frontend: [0], backend: [[5, 6]]),
  ]

  @Test("follow the frontend's", arguments: traces)
  func follow(_ trace: Trace) throws {
    let bench = try NetbackBench()
    for (state, expected) in zip(trace.frontend, trace.backend) {
      let before = bench.toldStates.count
      if state == 1 { bench.frontend.reset() }
      try bench.setState(ConnectionState(rawValue: state))
      #expect(bench.toldStates.dropFirst(before) == expected.map(String.init)[...])
    }
    let pages = try GuestPages(1, of: bench)
    bench.publish([.data(0, 60, id: 1)], pages)
    // An odd state is told as an error, and changes nothing else.
    let serves = [3, 4, 7, 9, 2].contains(trace.frontend.last)
    #expect(bench.producedResponses == (serves ? 1 : 0))
    #expect(try bench.receiveAll().count == (serves ? 1 : 0))
  }

  @Test("lead to a backend that holds nothing", arguments: [[5, 6], [6], [1], [5, 1]])
  func release(_ states: [Int]) throws {
    var configuration = FrontendConfiguration()
    (configuration.queues, configuration.isSplit, configuration.hasControl) = (3, true, true)
    let bench = try NetbackBench(.linux, configuration)
    let backend = NetbackBench.domains.backend
    #expect(bench.hypervisor.mappedGrants(by: backend).count == 7)
    #expect(bench.hypervisor.channels(of: backend).count == 7)
    for state in states { try bench.setState(ConnectionState(rawValue: state)) }
    #expect(bench.holdsNothing(watches: 1))
  }

  @Test("can go round for ever")
  func cycles() throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(1, of: bench)
    for _ in 0..<100 {
      bench.publish([.data(0, 60, id: 1)], pages)
      #expect(bench.producedResponses == 1)
      for state in [5, 6] { try bench.setState(ConnectionState(rawValue: state)) }
      #expect(bench.holdsNothing(watches: 1))
      bench.frontend.reset()
      for state in [1, 4] { try bench.setState(ConnectionState(rawValue: state)) }
    }
    #expect(try bench.receiveAll().count == 100)
  }

  @Test("do not go on from a connection that failed while the frontend tells nothing else")
  func failed() throws {
    let bench = try NetbackBench(.strict, backendKeys: ["mac": "x"])
    #expect(bench.frontend.backendState == .closing)
    let path = "\(bench.directories.backendPath)/mac"
    try bench.toolstack.write(InterfaceDirectories.usualAddress, to: path, in: .none)
    for _ in 0..<2 { try bench.setState(.connected) }
    #expect(bench.frontend.backendState == .closing)
    #expect(bench.holdsNothing(watches: 1))
    for state in [6, 1, 4] { try bench.setState(ConnectionState(rawValue: state)) }
    #expect(bench.frontend.backendState == .connected)
  }

  @Test("end with the backend: it tells, and gives back what it holds")
  func close() throws {
    let bench = try NetbackBench()
    let frame = SampleFrame.plain(60)
    try bench.send(frame)
    bench.netback.close()
    #expect(bench.toldStates.suffix(2) == ["5", "6"])
    #expect(bench.holdsNothing(watches: 0))
    #expect(bench.hypervisor.eventDescriptors(of: NetbackBench.domains.backend).isEmpty)
    #expect(bench.loop.registrationCount == 0)
    #expect(bench.loop.timerCount == 0)
    bench.netback.close()
    #expect(bench.toldStates.suffix(2) == ["5", "6"])
    #expect(throws: BackendError.self) { try bench.send(frame) }
    #expect(throws: BackendError.self) { try bench.receive() }
    #expect(throws: BackendError.self) { try bench.netback.offeredFeatures() }
  }

  @Test("leave the rings alone afterwards", arguments: [5, 6])
  func ringsAfterwards(_ state: Int) throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(1, of: bench)
    bench.publish((0..<20).map { .data(0, 60, id: UInt16($0)) }, pages)
    try bench.send(SampleFrame.plain(60))
    try bench.setState(ConnectionState(rawValue: state))
    let rings = [bench.frontend.transmit.page, bench.frontend.receive.page]
    let before = rings.map(\.page.bytes)
    bench.frontend.transmit.kick()
    bench.loop.advance(milliseconds: 100_000)
    _ = try bench.receiveAll()
    #expect(throws: BackendError.self) { try bench.send(SampleFrame.plain(60)) }
    #expect(rings.map(\.page.bytes) == before)
  }

  @Test("that cannot be reached give everything back", arguments: [XenCall.watch, .bind, .write])
  func failing(_ call: XenCall) throws {
    for delay in 0..<20 {
      let backend = NetbackBench.domains.backend
      let bench = try? NetbackBench { hypervisor in
        hypervisor.arrange(
          CallFault(call, by: backend, with: .noMemory, FaultSchedule(after: delay, times: 1))
        )
      }
      bench?.netback.close()
      if let bench { #expect(bench.holdsNothing(watches: 0)) }
    }
  }
}

internal import NetBackend
internal import Synchronization
internal import SystemPackage
internal import XenNetif

/// A frontend that sends the frames it is given, as fast as its ring has room, and keeps every page it
/// has posted for frames to receive.
final class XenFarSide: FarSide {
  /// The pages that are posted at a time: enough for the longest frame.
  private static let posted = 20

  fileprivate struct State {
    var frontend: Frontend?
    /// The frames that the ring had no room for.
    var backlog: [[UInt8]] = []
    var received: [FrameSummary] = []
    var violationsSeen = 0
  }

  let directories: InterfaceDirectories
  private let domain: SimulatedDomain
  private let toolstack: SimulatedXenPort
  private let mtu: Int
  private let state = Mutex(State())

  /// Makes a domain with one interface, which the store knows from now on.
  ///
  /// - Parameter mtu: The longest packet in bytes that the host lets through, Ethernet header aside.
  init(_ number: Domain, of hypervisor: SimulatedHypervisor, mtu: Int) throws(BenchError) {
    self.mtu = mtu
    domain = hypervisor.makeDomain(number)
    toolstack = hypervisor.makePort(for: .backend)
    directories = InterfaceDirectories(from: .backend, to: number)
    try begin()
  }

  /// Brings the interface into the state in which a backend finds one that is new.
  private func begin() throws(BenchError) {
    try state.withLock { state throws(BenchError) in
      do throws(Errno) {
        try directories.create(through: toolstack, changing: ["mtu": "\(mtu)"])
        state.frontend = try Frontend(domain, at: directories)
      } catch { throw .failed("make an interface in the store: \(error)") }
    }
  }

  /// Connects to the backend that waits for it, and posts its pages.
  func connect() throws(BenchError) {
    try state.withLock { state throws(BenchError) in
      guard let frontend = state.frontend else { return }
      do throws(Errno) {
        try frontend.receive.post(Self.posted)
        frontend.receive.publish()
        try frontend.connect()
      } catch { throw .failed("connect to the backend: \(error)") }
    }
  }

  /// Forgets the connection of a backend that has closed, and is new for the next one.
  func renew() throws(BenchError) {
    state.withLock { state in
      state.frontend?.release()
      state.violationsSeen = 0
      state.backlog = []
    }
    try begin()
  }

  /// Does what a frontend does when its channel is raised.
  func interrupt() {
    state.withLock { state in
      guard let frontend = state.frontend else { return }
      _ = domain.takePending(frontend.transmit.channel)
      state.service()
    }
  }

  func inject(_ frame: [UInt8]) throws(BenchError) {
    state.withLock { state in
      state.backlog.append(frame)
      state.service()
    }
  }

  /// What the backend did that the protocol does not allow, since the last time.
  func takeBreaches() -> [Breach] {
    state.withLock { state in
      let violations = state.frontend?.violations ?? []
      defer { state.violationsSeen = violations.count }
      return violations.dropFirst(state.violationsSeen).map { violation in
        .protocolViolation(rule: "a netback keeps to the protocol", found: "\(violation)")
      }
    }
  }

  func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    state.withLock { state in
      state.service()
      defer { state.received = [] }
      return state.received
    }
  }
}

extension XenFarSide.State {
  /// Sends what there is room for, takes what was received, and posts its pages anew.
  mutating func service() {
    guard let frontend else { return }
    _ = frontend.transmit.takeResponses()
    var sent = 0
    while sent < backlog.count, (try? frontend.transmit.put(backlog[sent])) != nil { sent += 1 }
    backlog.removeFirst(sent)
    if sent > 0 { frontend.transmit.publish() }
    let frames = frontend.receive.takeFrames()
    received += frames.map { FrameSummary($0.bytes) }
    let taken = frames.reduce(0) { $0 + $1.responses.count + $1.extras.count }
    if let posted = try? frontend.receive.post(taken), posted > 0 { frontend.receive.publish() }
  }
}

extension Domain {
  /// The domain that backends run in.
  static let backend = Domain(rawValue: 0)
}

internal import CallScript
internal import NetBackend
internal import Synchronization
internal import SystemPackage
internal import XenNetif

/// A netback on a simulated hypervisor, each backend with a domain of its own to serve.
final class XenBench: Testbench {
  let families: Set<String> = ["xen"]
  let loop: any TestbenchLoop
  let patience = Patience(deadline: 5000, quiet: 0)
  let longestInjection = TransmitPlan.longestFrame

  private let policy: NetbackPolicy
  private let opener: SimulatedXenBench.Opener
  private let hypervisor = SimulatedHypervisor()
  private let instrument = CallInstrument(names: CallName.xenCalls) {
    $0.name == .open ? 0 : $0.result
  }
  private let farSides = Mutex<[XenFarSide?]>([nil, nil])
  private let scripted = Mutex<[ScriptedFrontend?]>([nil, nil])
  /// How frontends connect that scripts play by hand; `nil` if they keep to the protocol by themselves.
  private let configuration: FrontendConfiguration?
  private let opened = Mutex<Set<Int>>([])

  init(
    policy: NetbackPolicy,
    configuration: FrontendConfiguration?,
    opener: @escaping SimulatedXenBench.Opener
  ) {
    self.policy = policy
    self.configuration = configuration
    self.opener = opener
    loop = SteppedLoop(
      poller: XenPoller(hypervisor: hypervisor),
      clock: VirtualClock(),
      refuse: { [instrument] descriptor in instrument.refusal(toWatch: descriptor) },
      observe: { [instrument] descriptor, event in
        // The store's own descriptor is no backend's to close.
        guard instrument.script.ledger.open.contains(descriptor) else { return }
        instrument.script.note(
          CallLoopEvent(event),
          descriptor,
          flags: [.nonBlocking, .closeOnExec]
        )
      }
    )
  }

  var instruments: Set<Instrument> {
    let all: Set<Instrument> = [
      .farSide, .secondBackend, .privateLink, .virtualClock, .selection, .names, .systemCalls,
    ]
    guard configuration != nil else { return all }
    return all.union(ReadTrap.isOffered ? [.xenFrontend, .readTrap] : [.xenFrontend])
  }

  func name(of backend: Int) -> String { VifName(domain: .guest(backend), number: 0).description }

  func open(_ request: OpenRequest) throws(BackendError) -> OpenedBackend {
    let kind = BackendKind(unopenable: VifName.prefix)
    let prefix = try BackendRegistry([kind]).kind(for: request.name).prefix
    // A frontend that is played by hand connects when its script says so.
    let farSide = configuration == nil ? try farSide(named: request.name) : nil
    if configuration != nil { _ = try? scriptedFrontend(of: 0) }
    var port = SimulatedXenBench.Port(
      hypervisor.makePort(for: .backend),
      script: instrument.script
    )
    port.onNotified = { farSide?.interrupt() }
    let backend = try opener(request, port, policy)
    if let farSide { try connect(farSide, to: request) }
    return OpenedBackend(kind: prefix, backend: backend)
  }

  /// The two ends get to know each other, as they do while nobody receives yet.
  private func connect(_ farSide: XenFarSide, to request: OpenRequest) throws(BackendError) {
    do throws(BenchError) { try farSide.connect() } catch {
      throw BackendError(.unavailable, call: "connect", subject: request.name)
    }
    loop.turn(milliseconds: 0)
  }

  /// The frontend that a name means; one whose backend was open before begins anew.
  private func farSide(named name: String) throws(BackendError) -> XenFarSide? {
    guard let number = [0, 1].first(where: { self.name(of: $0) == name }) else { return nil }
    do throws(BenchError) {
      let farSide = try ownFarSide(of: number)
      let isFirst = opened.withLock { $0.insert(number).inserted }
      if !isFirst { try farSide.renew() }
      return farSide
    } catch { throw BackendError(.unavailable, call: "open", subject: name) }
  }

  func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    guard configuration == nil else { return try scriptedFrontend(of: backend) }
    return try ownFarSide(of: backend)
  }

  func xen(of backend: Int) throws(BenchError) -> any XenInstrument {
    try scriptedFrontend(of: backend)
  }

  func takeBreaches() -> [Breach] {
    scripted.withLock { $0.compactMap { $0?.takeBreaches() } }.flatMap { $0 }
      + farSides.withLock { $0.compactMap { $0?.takeBreaches() } }.flatMap { $0 }
  }

  private func scriptedFrontend(of backend: Int) throws(BenchError) -> ScriptedFrontend {
    guard let configuration else {
      throw .unsupported("the frontend keeps to the protocol by itself")
    }
    return try scripted.withLock { scripted throws(BenchError) in
      if let made = scripted[backend] { return made }
      let made = try ScriptedFrontend(
        .guest(backend),
        of: hypervisor,
        configuration,
        mtu: policy.largestMTU,
        loop: loop
      )
      scripted[backend] = made
      return made
    }
  }

  private func ownFarSide(of backend: Int) throws(BenchError) -> XenFarSide {
    try farSides.withLock { farSides throws(BenchError) in
      if let farSide = farSides[backend] { return farSide }
      let farSide = try XenFarSide(.guest(backend), of: hypervisor, mtu: policy.largestMTU)
      farSides[backend] = farSide
      return farSide
    }
  }

  func systemCalls() throws(BenchError) -> any SystemCallInstrument { instrument }

  func select(_ name: String, among prefixes: [String]) throws(BackendError) -> String {
    let kinds = prefixes.map { BackendKind(unopenable: $0, namesWords: $0 == "vale") }
    return try BackendRegistry(kinds).kind(for: name).prefix
  }

  func tearDown() {}
}

/// Readiness as the simulated hypervisor sees it; nothing comes by itself, so it never waits.
private struct XenPoller: DescriptorPoller {
  let hypervisor: SimulatedHypervisor

  func poll(_ descriptors: [Int32], milliseconds: Int) -> [Readiness] {
    descriptors.map { hypervisor.isReadable($0) ? .readable : [] }
  }
}

extension Domain {
  /// The domain that the backend of that number serves.
  fileprivate static func guest(_ backend: Int) -> Domain { Domain(rawValue: UInt16(backend + 1)) }
}

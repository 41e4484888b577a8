internal import CallScript
package import NetBackend
package import Netmap

/// A netmap backend with a record of its system calls, on a simulated or a real kernel.
package final class NetmapBench<Site: NetmapSite>: Testbench {
  /// The port that records.
  package typealias Port = ScriptedNetmap<Site.Port>
  /// Opens the backend that is tested, through the port that records.
  package typealias Opener = @Sendable (OpenRequest, Port) throws(BackendError) -> any NetBackend
  /// Selects a prefix by name.
  package typealias Selector = @Sendable (String, [String]) throws(BackendError) -> String

  package let families: Set<String>
  package let loop: any TestbenchLoop
  private let site: Site
  private let port: Port
  private let instrument: CallInstrument
  private let opener: Opener
  private let selector: Selector?
  private let pollsOnArrival: Bool

  /// Creates a bench on a site.
  ///
  /// - Parameter pollsOnArrival: Whether each arrival of frames is followed by a poll of the backends'
  ///   descriptors, for a backend that never asks the kernel for frames itself.
  package init(
    _ site: Site,
    families: Set<String>,
    forged: [String: Int] = [:],
    pollsOnArrival: Bool = false,
    selector: Selector? = nil,
    opener: @escaping Opener
  ) {
    self.families = families
    let instrument = CallInstrument(names: CallName.netmapCalls) { $0.portableNetmapResult }
    let geometry = ForgedGeometry(forged)
    var port = ScriptedNetmap(site.port, script: instrument.script, geometry: site.geometry)
    port.onRegistered = { geometry.change(&$0) }
    port.onMapped = { geometry.change($0) }
    self.site = site
    self.port = port
    self.instrument = instrument
    self.selector = selector
    self.pollsOnArrival = pollsOnArrival
    self.opener = opener
    loop = SteppedLoop(
      poller: site.poller,
      clock: site.clock,
      refuse: { descriptor in instrument.refusal(toWatch: descriptor) },
      observe: { [port] descriptor, event in port.note(CallLoopEvent(event), descriptor) }
    )
  }

  package var instruments: Set<Instrument> {
    site.instruments.union([.systemCalls, .selection, .names])
  }

  package var patience: Patience { site.patience }

  package var longestInjection: Int { site.longestInjection }

  package func name(of backend: Int) -> String { site.name(of: backend) }

  package func open(_ request: OpenRequest) throws(BackendError) -> OpenedBackend {
    let kind = try select(request.name, among: ["netmap", "vale"])
    try site.opening(request.name)
    let backend = try opener(request, port)
    try site.opened(request.name)
    return OpenedBackend(kind: kind, backend: backend)
  }

  package func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    let farSide = try site.farSide(of: backend)
    return pollsOnArrival ? PollingFarSide(base: farSide, poll: poll) : farSide
  }

  /// Polls the descriptors that the backends have open.
  private var poll: @Sendable () -> Void {
    let (poller, script) = (site.poller, instrument.script)
    return { _ = poller.poll(script.ledger.open.sorted(), milliseconds: 0) }
  }

  package func rings(of backend: Int) throws(BenchError) -> any RingInstrument {
    let rings = try site.rings(of: backend)
    return pollsOnArrival ? PollingRings(base: rings, poll: poll) : rings
  }

  package func systemCalls() throws(BenchError) -> any SystemCallInstrument { instrument }

  package func devices() throws(BenchError) -> any DeviceInstrument { NetmapDevices(site: site) }

  package func select(_ name: String, among prefixes: [String]) throws(BackendError) -> String {
    if let selector { return try selector(name, prefixes) }
    let kinds = prefixes.map { BackendKind(unopenable: $0, namesWords: $0 == "vale") }
    return try BackendRegistry(kinds).kind(for: name).prefix
  }

  package func tearDown() {
    site.tearDown()
    for descriptor in instrument.script.ledger.open { try? site.port.close(descriptor) }
  }
}

/// The devices of a site, for scripts.
private struct NetmapDevices<Site: NetmapSite>: DeviceInstrument {
  let site: Site

  func prepare(_ state: DeviceState, backend: Int) throws(BenchError) {
    try site.prepare(state, backend: backend)
  }

  func descriptor(_ state: SuppliedDescriptor, backend: Int) throws(BenchError) -> Int32 {
    throw .unsupported("a netmap backend takes over no descriptor")
  }
}

extension SystemCall {
  /// The result without what differs from run to run: the numbers of descriptors.
  fileprivate var portableNetmapResult: Int { name == .open ? 0 : result }
}

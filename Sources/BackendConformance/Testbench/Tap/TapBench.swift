internal import CallScript
package import NetBackend
package import Tap

/// A tap backend with a record of its system calls, on a simulated or a real kernel.
package final class TapBench<Site: TapSite>: Testbench {
  /// The port that records.
  package typealias Port = ScriptedTap<Site.Port>
  /// Opens the backend that is tested, through the port that records.
  package typealias Opener = @Sendable (OpenRequest, Port) throws(BackendError) -> any NetBackend
  /// Selects a prefix by name.
  package typealias Selector = @Sendable (String, [String]) throws(BackendError) -> String

  package let families: Set<String> = ["tap"]
  package let loop: any TestbenchLoop
  private let site: Site
  private let port: Port
  private let instrument: CallInstrument
  private let opener: Opener
  private let selector: Selector?
  private let lacking: Set<Instrument>

  /// Creates a bench on a site.
  ///
  /// - Parameter lacking: The instruments that the backend which is tested has no use for.
  package init(
    _ site: Site,
    lacking: Set<Instrument> = [],
    selector: Selector? = nil,
    opener: @escaping Opener
  ) {
    let instrument = CallInstrument(names: CallName.tapCalls) { $0.portableTapResult }
    let port = ScriptedTap(site.port, script: instrument.script)
    self.site = site
    self.port = port
    self.instrument = instrument
    self.selector = selector
    self.lacking = lacking
    self.opener = opener
    loop = SteppedLoop(
      poller: site.poller,
      clock: site.clock,
      refuse: { descriptor in instrument.refusal(toWatch: descriptor) },
      observe: { descriptor, event in port.note(CallLoopEvent(event), descriptor) }
    )
  }

  package var instruments: Set<Instrument> {
    site.instruments.union([.systemCalls, .selection, .names]).subtracting(lacking)
  }

  package var patience: Patience { site.patience }

  package var longestInjection: Int { site.longestInjection }

  package func name(of backend: Int) -> String { site.interface(of: backend) }

  package func open(_ request: OpenRequest) throws(BackendError) -> OpenedBackend {
    let kind = try select(request.name, among: ["tap", "vmnet"])
    let backend = try opener(request, port)
    site.opened(request.name)
    return OpenedBackend(kind: kind, backend: backend)
  }

  package func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    try site.farSide(of: backend)
  }

  package func systemCalls() throws(BenchError) -> any SystemCallInstrument {
    instrument
  }

  package func devices() throws(BenchError) -> any DeviceInstrument {
    TapDevices(site: site, instrument: instrument)
  }

  package func select(_ name: String, among prefixes: [String]) throws(BackendError) -> String {
    if let selector { return try selector(name, prefixes) }
    return try BackendRegistry(prefixes.map { BackendKind(unopenable: $0) }).kind(for: name).prefix
  }

  package func tearDown() {
    // What the backend has left open would keep the device busy for the next case.
    for descriptor in instrument.script.ledger.open { try? site.port.close(descriptor) }
    site.tearDown()
  }
}

extension BackendKind {
  /// A kind that can be selected but not opened.
  init(unopenable prefix: String, namesWords: Bool = false) {
    self.init(prefix: prefix, namesWords: namesWords) { request throws(BackendError) in
      throw BackendError(.unavailable, call: "open", subject: request.name)
    }
  }
}

/// The devices of a site, for scripts.
struct TapDevices<Site: TapSite>: DeviceInstrument {
  let site: Site
  let instrument: CallInstrument

  func prepare(_ state: DeviceState, backend: Int) throws(BenchError) {
    switch state {
    case .withoutHeaderSupport:
      // The driver's flags without that for the vnet header: tap, and no protocol information.
      try instrument.add(SystemCallFault("TUNGETFEATURES", times: .max, .returns(0x1002)))
    default: try site.prepare(state, backend: backend)
    }
  }

  func descriptor(_ state: SuppliedDescriptor, backend: Int) throws(BenchError) -> Int32 {
    let descriptor = try site.descriptor(state, backend: backend)
    instrument.script.handedOver(descriptor)
    return descriptor
  }
}

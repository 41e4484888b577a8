package import NetBackend
package import Netmap
internal import Synchronization
internal import SystemPackage

/// A simulated kernel, made anew for each case.
package final class SimulatedNetmapSite: NetmapSite {
  private let kernel: SimulatedNetmapKernel
  package let geometry: NetmapGeometry
  package let clock: VirtualClock? = VirtualClock()
  private let device: SimulatedNetmapDevice
  /// By the number of their backends; the second one is made when it is first needed.
  private let ends: Mutex<[Int: SimulatedNetmapEnd]>

  /// Creates a kernel with a device for a backend, of the geometry that a script asks for.
  package init(_ device: SimulatedNetmapDevice, _ options: BenchOptions) throws(BenchError) {
    let geometry = try NetmapGeometry(options)
    let device = device.adjusted(to: options)
    let kernel = SimulatedNetmapKernel(bufferSize: geometry.bufferSize)
    self.geometry = geometry
    self.kernel = kernel
    self.device = device
    ends = Mutex([0: try SimulatedNetmapEnd(device, of: 0, kernel, geometry)])
  }

  private func end(_ backend: Int) throws(BenchError) -> SimulatedNetmapEnd {
    try ends.withLock { ends throws(BenchError) in
      if let end = ends[backend] { return end }
      let end = try SimulatedNetmapEnd(device, of: backend, kernel, geometry)
      ends[backend] = end
      return end
    }
  }

  package var port: SimulatedNetmap { kernel.port }
  package var poller: any DescriptorPoller { SimulatedNetmapPoller(kernel: kernel) }
  package var patience: Patience { Patience(deadline: 5000, quiet: 0) }
  package var instruments: Set<Instrument> {
    let all: Set<Instrument> = [
      .farSide, .rings, .readTrap, .devices, .secondBackend, .privateLink, .virtualClock,
    ]
    return ReadTrap.isOffered ? all : all.subtracting([.readTrap])
  }
  package var longestInjection: Int { 65_535 }

  package func name(of backend: Int) -> String {
    // A device that cannot be made is missed when it is opened.
    (try? end(backend))?.backendName ?? "netmap:"
  }

  package func opened(_ name: String) throws(BackendError) {}

  package func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    try end(backend).farSide
  }

  package func rings(of backend: Int) throws(BenchError) -> any RingInstrument {
    try end(backend).rings
  }

  package func prepare(_ state: DeviceState, backend: Int) throws(BenchError) {
    try end(backend).prepare(state)
  }

  package func tearDown() {
    for end in ends.withLock({ $0.values }) { end.rings.endTraps() }
  }
}

/// What a backend is bound to.
package enum SimulatedNetmapDevice: Sendable {
  /// A network card.
  case card
  /// A port of a VALE switch of its own.
  case switchPort
  /// A port of the one VALE switch that all backends and their far sides are on.
  case sharedSwitchPort
  /// The master's end of a pipe.
  case pipe
}

extension SimulatedNetmapDevice {
  /// The device that a script asks for: a `pipe`, or `oneSwitch` for all ports.
  fileprivate func adjusted(to options: BenchOptions) -> SimulatedNetmapDevice {
    if options.options["pipe"] != nil { return .pipe }
    return self == .switchPort && options.options["oneSwitch"] != nil ? .sharedSwitchPort : self
  }
}

/// Readiness as the simulated kernel sees it; nothing comes by itself, so it never waits.
struct SimulatedNetmapPoller: DescriptorPoller {
  let kernel: SimulatedNetmapKernel

  func poll(_ descriptors: [Int32], milliseconds: Int) -> [Readiness] {
    descriptors.map { descriptor in
      let found = kernel.poll(descriptor, for: .readable)
      var readiness: Readiness = found.contains(.readable) ? .readable : []
      if !found.isDisjoint(with: [.error, .invalid]) { readiness.insert(.hangUp) }
      return readiness
    }
  }
}

extension NetmapGeometry {
  /// The geometry that a script asks for: `slots`, or those of each direction, `rings`, `bufferSize`.
  init(_ options: BenchOptions) throws(BenchError) {
    let known =
      [
        "slots", "transmitSlots", "receiveSlots", "rings", "bufferSize", "pipe", "oneSwitch",
      ] + ForgedGeometry.names
    for name in options.options.keys where !known.contains(name) {
      throw .unsupported("the bench has no option \(name)")
    }
    let value = { (name: String, other: Int) in options.options[name] ?? other }
    let slots = value("slots", 1024)
    self.init()
    (transmitSlots, receiveSlots) = (value("transmitSlots", slots), value("receiveSlots", slots))
    (transmitRings, receiveRings) = (value("rings", 1), value("rings", 1))
    bufferSize = value("bufferSize", 2048)
  }
}

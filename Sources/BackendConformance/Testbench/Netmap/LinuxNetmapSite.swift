package import NetBackend
package import Netmap
internal import Synchronization
internal import SystemPackage

/// Ports of the running kernel's netmap, for one case.
///
/// The far side of a port of a switch is another port of that switch, the far side of a pipe its other
/// end, both opened here; that of a network card is whatever it is wired to, which the site is given.
package final class LinuxNetmapSite<Calls: NetmapSystemCalls>: NetmapSite {
  private typealias FarPort = NetmapFarPort<LinuxNetmap<Calls>>

  package let port: LinuxNetmap<Calls>
  package let poller: any DescriptorPoller
  package let geometry: NetmapGeometry
  package let clock: VirtualClock? = nil
  private let name: String
  private let pairs: [NetmapPortPair]
  private let link: VethLink?
  private let farPorts = Mutex<[Int: FarPort]>([:])

  /// Prepares to open `name`.
  ///
  /// - Parameter link: What a network card is wired to.
  package init(
    _ name: String,
    calls: Calls,
    poller: any DescriptorPoller,
    link: VethLink? = nil,
    options: BenchOptions
  ) throws(BenchError) {
    let pairs: [NetmapPortPair]?
    let oneSwitch = options.options["oneSwitch"] != nil
    do throws(BackendError) {
      pairs = try NetmapPortPair.pairs(of: name, oneSwitch: oneSwitch)
    } catch {
      throw .failed("\(error)")
    }
    self.name = name
    self.pairs = pairs ?? []
    self.poller = poller
    self.link = link
    port = LinuxNetmap(calls: calls)
    geometry = try NetmapGeometry(asking: options, isCard: pairs == nil)
    if options.options["pipe"] != nil && !name.contains(where: { $0 == "{" || $0 == "}" }) {
      throw .unsupported("\(name) is no pipe")
    }
    guard !oneSwitch || pairs?.first?.isPipe == false else {
      throw .unsupported("\(name) is on no switch")
    }
    if pairs != nil { try openFarPort(of: 0) }
    // On one switch the far sides hear each other's frames, from the first one on.
    if oneSwitch { try openFarPort(of: 1) }
    link?.begin()
  }

  package var patience: Patience { Patience(deadline: 5000, quiet: 1) }

  package var instruments: Set<Instrument> {
    if !pairs.isEmpty { return [.farSide, .secondBackend, .privateLink] }
    return link.map { $0.isOwn ? [.farSide, .privateLink] : [.farSide] } ?? []
  }

  package var longestInjection: Int { link?.longestFrame ?? 65_535 }

  package func name(of backend: Int) -> String {
    pairs.indices.contains(backend) ? pairs[backend].backend : name
  }

  package func opening(_ name: String) throws(BackendError) {
    guard let backend = pairs.firstIndex(where: { $0.backend == name }) else { return }
    // A pipe keeps its frames as long as one end is open, also those for a backend that has closed
    // its own; letting go of the other one makes it a new pipe.
    if pairs[backend].isPipe { farPorts.withLock { $0[backend]?.close() } }
    // The far side has to be there before the first frame.
    do throws(BenchError) { try openFarPort(of: backend) } catch {
      throw BackendError(.unavailable, call: "open \(pairs[backend].farPort)", subject: name)
    }
  }

  package func opened(_ name: String) throws(BackendError) {}

  package func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    if let link { return link }
    guard let port = farPorts.withLock({ $0[backend] }) else {
      throw .unsupported("\(name(of: backend)) has no far side")
    }
    return port
  }

  package func rings(of backend: Int) throws(BenchError) -> any RingInstrument {
    throw .unsupported("the kernel's side of a real ring cannot be played")
  }

  package func prepare(_ state: DeviceState, backend: Int) throws(BenchError) {
    throw .unsupported("a netmap device in the state \(state.rawValue)")
  }

  package func tearDown() {
    let ports = farPorts.withLock { ports in
      defer { ports = [:] }
      return ports
    }
    for port in ports.values { port.close() }
  }

  private func openFarPort(of backend: Int) throws(BenchError) {
    let pair = pairs[backend]
    let registration = NetmapRegistration(
      port: pair.farPort,
      // Both ends of a pipe are made by whoever comes first.
      geometry: pair.isPipe ? geometry : NetmapGeometry()
    )
    do throws(Errno) {
      try farPorts.withLock { ports throws(Errno) in
        let old = ports[backend]
        if let old, !old.isClosed { return }
        let taken = old?.takenFrames() ?? []
        ports[backend] = try FarPort(port, registration, poller: poller, taken: taken)
      }
    } catch { throw .failed("open the far side \(pair.farPort): \(error)") }
  }
}

extension NetmapGeometry {
  /// What is asked of a real kernel: zeros, its own choice, where a script leaves it open.
  fileprivate init(asking options: BenchOptions, isCard: Bool) throws(BenchError) {
    let given = Set(options.options.keys).subtracting(["pipe", "oneSwitch"])
    guard given.isDisjoint(with: ForgedGeometry.names) else {
      throw .unsupported("memory that is not as a real kernel has made it")
    }
    self = try NetmapGeometry(options)
    guard min(transmitSlots, receiveSlots) >= 2 else {
      throw .unsupported("rings of one slot, which a far side could not use either")
    }
    guard options.options["bufferSize"] ?? 2048 == 2048 else {
      throw .unsupported(
        "a real kernel's buffers of \(bufferSize) bytes: their length is a setting"
      )
    }
    bufferSize = 0
    if given.isDisjoint(with: ["slots", "transmitSlots"]) { transmitSlots = 0 }
    if given.isDisjoint(with: ["slots", "receiveSlots"]) { receiveSlots = 0 }
    if !given.contains("rings") { (transmitRings, receiveRings) = (0, 0) }
    guard !isCard || self == NetmapGeometry() else {
      throw .unsupported("a network card's rings are as they are")
    }
  }
}

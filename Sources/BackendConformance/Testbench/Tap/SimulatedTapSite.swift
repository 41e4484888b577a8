package import Tap
internal import SystemPackage

/// A simulated kernel, made anew for each case.
package final class SimulatedTapSite: TapSite {
  private let prefix: String
  private let kernel: SimulatedTapKernel
  package let clock: VirtualClock? = VirtualClock()

  /// Creates a kernel with two interfaces named after `prefix`, in the state a real site's are in.
  package init(prefix: String) throws(BenchError) {
    self.prefix = prefix
    kernel = SimulatedTapKernel()
    for backend in 0..<2 { try create(interface(of: backend)) }
  }

  package var port: SimulatedTap { kernel.port }
  package var poller: any DescriptorPoller { SimulatedTapPoller(kernel: kernel) }
  package var patience: Patience { Patience(deadline: 5000, quiet: 0) }
  package var instruments: Set<Instrument> {
    [
      .farSide, .offloadInjection, .link, .devices, .descriptors, .secondBackend, .privateLink,
      .virtualClock,
    ]
  }
  package var longestInjection: Int { 65_535 }

  package func interface(of backend: Int) -> String { "\(prefix)\(backend)" }

  package func opened(_ interface: String) {}

  package func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    SimulatedTapFarSide(kernel: kernel, interface: interface(of: backend))
  }

  package func prepare(_ state: DeviceState, backend: Int) throws(BenchError) {
    let name = interface(of: backend)
    switch state {
    case .header12: try create(name, headerLength: 12)
    case .header20: try create(name, headerLength: 20, offloads: .checksum)
    case .multiQueue: try create(name, flags: .multiQueue)
    case .busy: try occupy(name)
    case .withoutHeaderSupport: break
    }
  }

  /// Creates a persistent interface that is up, in place of one that is there.
  private func create(
    _ name: String,
    flags: TapFlags = [],
    headerLength: Int = 10,
    offloads: TapOffloads = []
  ) throws(BenchError) {
    try? kernel.removeInterface(name)
    do throws(Errno) {
      try kernel.createInterface(
        name,
        flags: flags.union([.tap, .noProtocolInformation, .vnetHeader]),
        headerLength: headerLength,
        offloads: offloads
      )
      // As long as any interface allows, so that the largest frames can be injected.
      try kernel.setMTU(name, to: 65_521)
      try kernel.setLink(name, up: true)
    } catch { throw .failed("create \(name): \(error)") }
  }

  private func occupy(_ name: String) throws(BenchError) {
    do throws(Errno) {
      _ = try port.attach(
        port.openControl(),
        to: name,
        flags: [.tap, .noProtocolInformation, .vnetHeader]
      )
    } catch { throw .failed("attach \(name): \(error)") }
  }

  package func descriptor(
    _ state: SuppliedDescriptor,
    backend: Int
  ) throws(BenchError) -> Int32 {
    let name = interface(of: backend)
    return try SuppliedTap(port: port, name: name).make(state) { descriptor in
      try? kernel.setFlags([], of: descriptor)
    }
  }

  package func tearDown() {}
}

/// Readiness as the simulated kernel sees it; nothing comes by itself, so it never waits.
struct SimulatedTapPoller: DescriptorPoller {
  let kernel: SimulatedTapKernel

  func poll(_ descriptors: [Int32], milliseconds: Int) -> [Readiness] {
    descriptors.map { descriptor in
      var readiness: Readiness = kernel.isReadable(descriptor) ? .readable : []
      if kernel.isHungUp(descriptor) { readiness.insert(.hangUp) }
      return readiness
    }
  }
}

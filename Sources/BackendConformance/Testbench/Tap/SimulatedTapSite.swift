public import Tap
internal import SystemPackage

/// A simulated kernel, made anew for each case.
public final class SimulatedTapSite: TapSite {
  private let prefix: String
  private let kernel: SimulatedTapKernel

  /// Creates a kernel without interfaces, whose taps are named after `prefix`.
  public init(prefix: String) {
    self.prefix = prefix
    kernel = SimulatedTapKernel()
  }

  public var port: SimulatedTap { kernel.port }
  public var poller: any DescriptorPoller { SimulatedTapPoller(kernel: kernel) }
  public var patience: Patience { Patience(deadline: 5000, quiet: 0) }
  public var instruments: Set<Instrument> {
    [.farSide, .offloadInjection, .link, .devices, .secondBackend]
  }
  public var longestInjection: Int { 65_535 }

  public func interface(of backend: Int) -> String { "\(prefix)\(backend)" }

  public func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    SimulatedTapFarSide(kernel: kernel, interface: interface(of: backend))
  }

  public func prepare(_ state: DeviceState, backend: Int) throws(BenchError) {
    let name = interface(of: backend)
    do throws(Errno) {
      switch state {
      case .header20:
        try kernel.createInterface(name, headerLength: 20, offloads: [.checksum, .tcp4])
      case .multiQueue:
        try kernel.createInterface(
          name,
          flags: [.tap, .noProtocolInformation, .vnetHeader, .multiQueue]
        )
      case .busy:
        let descriptor = try port.openControl()
        _ = try port.attach(
          descriptor,
          to: name,
          flags: [.tap, .noProtocolInformation, .vnetHeader]
        )
      case .withoutHeaderSupport: break
      }
    } catch { throw .failed("prepare \(state): \(error)") }
  }

  public func descriptor(
    _ state: SuppliedDescriptor,
    backend: Int
  ) throws(BenchError) -> Int32 {
    try SuppliedTap(port: port, name: interface(of: backend)).make(state) { descriptor in
      try? kernel.setFlags([], of: descriptor)
    }
  }

  public func tearDown() {}
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

internal import Netmap
internal import SystemPackage

/// One backend's device on a simulated kernel, with its far side and its rings.
struct SimulatedNetmapEnd: Sendable {
  let backendName: String
  let farSide: any FarSide
  let rings: any RingInstrument
  private let kernel: SimulatedNetmapKernel
  private let kernelName: String

  /// Makes the device of the backend of that number.
  init(
    _ device: SimulatedNetmapDevice,
    of backend: Int,
    _ kernel: SimulatedNetmapKernel,
    _ geometry: NetmapGeometry
  ) throws(BenchError) {
    self.kernel = kernel
    do throws(Errno) {
      switch device {
      case .card:
        kernelName = "card\(backend)"
        try kernel.addInterface(kernelName, geometry: geometry)
        farSide = NetmapWire(kernel: kernel, card: kernelName)
      case .pipe:
        let card = "card\(backend)"
        kernelName = card + "{1"
        try kernel.addInterface(card, geometry: geometry)
        farSide = try NetmapFarPort(
          kernel,
          NetmapRegistration(port: card, mode: .pipeSlave, ring: 1, geometry: geometry)
        )
      case .switchPort:
        kernelName = "vale\(backend):1"
        farSide = try NetmapFarPort(kernel, NetmapRegistration(port: "vale\(backend):2"))
      case .sharedSwitchPort:
        kernelName = "vale0:\(backend + 1)"
        farSide = try NetmapFarPort(kernel, NetmapRegistration(port: "vale0:far\(backend)"))
      }
    } catch { throw .failed("make a device for backend \(backend): \(error)") }
    backendName = kernelName.hasPrefix("vale") ? kernelName : "netmap:" + kernelName
    rings = SimulatedRings(
      kernel: kernel,
      port: kernelName,
      wire: device == .card ? kernelName : nil
    )
  }

  /// Brings the device into the state that a previous owner might have left it in.
  func prepare(_ state: DeviceState) throws(BenchError) {
    guard state == .header12, kernelName.hasPrefix("vale") else {
      throw .unsupported("a netmap device in the state \(state.rawValue)")
    }
    do throws(Errno) { try kernel.addSwitchPort(kernelName, headerLength: 12) } catch {
      throw .failed("leave a header on \(kernelName): \(error)")
    }
  }
}

internal import SystemPackage
internal import Tap

/// Makes descriptors that somebody else might hand over to a tap backend.
struct SuppliedTap<Port: TapPort> {
  let port: Port
  let name: String

  /// Makes a descriptor in a state.
  ///
  /// - Parameter makeBlocking: Takes away what opening it has set: non-blocking and close-on-exec.
  func make(
    _ state: SuppliedDescriptor,
    makeBlocking: (Int32) -> Void
  ) throws(BenchError) -> Int32 {
    do throws(Errno) {
      let descriptor = try port.openControl()
      // A tun cannot have the name of a tap that is there.
      let name = state == .tun ? "tun%d" : name
      if let flags = flags(state) { _ = try port.attach(descriptor, to: name, flags: flags) }
      if state == .header20 { try port.setHeaderLength(descriptor, to: 20) }
      makeBlocking(descriptor)
      return descriptor
    } catch { throw .failed("supply a descriptor \(state): \(error)") }
  }

  private func flags(_ state: SuppliedDescriptor) -> TapFlags? {
    switch state {
    case .blocking, .header20: [.tap, .noProtocolInformation, .vnetHeader]
    case .withoutHeader: [.tap, .noProtocolInformation]
    case .tun: [.tun, .noProtocolInformation, .vnetHeader]
    case .unattached: nil
    }
  }
}

internal import CLinux
internal import NetBackend
internal import Synchronization
internal import SystemPackage
package import Tap

/// Taps of the running kernel, for all cases of a run.
///
/// Making and deleting an interface takes the kernel some 25 milliseconds, so the interfaces are
/// persistent and serve every case. They live in a network namespace that the run entered before, or
/// the one interface is the user's own, which is used in place and left as it was found.
package final class LinuxTapSite: TapSite {
  /// How the site came by its interface.
  package enum Ownership: Sendable {
    /// The site makes and deletes interfaces; it is alone in its network namespace.
    case own
    /// The interface was there before, and is only used.
    case inPlace
  }

  private let ownership: Ownership
  private let links: [LinuxTapLink]
  private let held = Mutex<[Int32]>([])

  /// Prepares to use the interface called `name`, and if it owns them, a second one beside it.
  package init(name: String, ownership: Ownership) throws(BenchError) {
    self.ownership = ownership
    let names = ownership == .own ? [name, Self.neighbour(of: name)] : [name]
    links = names.map { LinuxTapLink($0, ownership: ownership) }
    try begin()
  }

  /// Makes the interfaces fit for a case.
  package func begin() throws(BenchError) {
    for link in links { try link.begin() }
  }

  /// The system calls of Linux; in place, the host's own frames are kept from the backend.
  package var port: LinuxTap { LinuxTap(ignoresForeignFrames: ownership == .inPlace) }
  package var poller: any DescriptorPoller { SystemPoller() }
  package var patience: Patience { Patience(deadline: 5000, quiet: 1) }

  package var instruments: Set<Instrument> {
    switch ownership {
    case .own:
      [
        .farSide, .offloadInjection, .link, .devices, .descriptors, .secondBackend, .privateLink,
      ]
    case .inPlace: [.farSide, .offloadInjection]
    }
  }

  package var longestInjection: Int { links[0].longestFrame }

  package func interface(of backend: Int) -> String { links[backend].name }

  package func opened(_ interface: String) {
    for link in links where link.name == interface { link.opened() }
  }

  package func farSide(of backend: Int) throws(BenchError) -> any FarSide {
    links[backend]
  }

  package func prepare(_ state: DeviceState, backend: Int) throws(BenchError) {
    let link = links[backend]
    switch state {
    case .header12: try link.leaveBehind(headerLength: 12)
    case .header20: try link.leaveBehind(headerLength: 20)
    case .multiQueue: try link.recreate(flags: CLINUX_IFF_MULTI_QUEUE)
    case .busy: try hold(link)
    case .withoutHeaderSupport: break
    }
  }

  package func descriptor(
    _ state: SuppliedDescriptor,
    backend: Int
  ) throws(BenchError) -> Int32 {
    let link = links[backend]
    return try SuppliedTap(port: port, name: link.name).make(state) { descriptor in
      _ = clinux_set_nonblocking(descriptor, 0)
      _ = clinux_set_close_on_exec(descriptor, 0)
    }
  }

  package func tearDown() {
    let descriptors = held.withLock { list in
      defer { list = [] }
      return list
    }
    for descriptor in descriptors { try? port.close(descriptor) }
    for link in links { link.reset() }
  }

  /// Deletes what the site has made, and leaves the rest as it was found.
  package func finish() {
    for link in links { link.finish() }
  }

  private func hold(_ link: LinuxTapLink) throws(BenchError) {
    do throws(Errno) {
      let descriptor = try port.openControl()
      held.withLock { $0.append(descriptor) }
      _ = try port.attach(
        descriptor,
        to: link.name,
        flags: [.tap, .noProtocolInformation, .vnetHeader]
      )
    } catch { throw .failed("attach \(link.name): \(error)") }
  }

  /// Another name of the same prefix: `tap1` for `tap0`, `tap4` for `tap3`.
  private static func neighbour(of name: String) -> String {
    let prefix = name.prefix { !$0.isNumber }
    guard let number = Int(name.dropFirst(prefix.count)), number < 9999 else {
      return "\(name.prefix(InterfaceName.maximumLength - 1))x"
    }
    return "\(prefix)\(number + 1)"
  }
}

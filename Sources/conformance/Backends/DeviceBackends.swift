internal import BackendConformance
internal import NetBackend

/// The backends over a real interface of this machine.
enum DeviceBackends {
  static let entries = [
    entry("tap", "a tap of this machine, such as tap0"),
    entry("vmnet", "a vmnet of this machine, such as vmnet0"),
  ]

  /// The interface that a name stands for.
  static func interface(_ name: String) throws(CommandFailure) -> InterfaceName {
    guard !entries.contains(where: { $0.name == name }) else {
      throw CommandFailure(.usage, "'\(name)' names no interface; add a number, as in \(name)0")
    }
    do throws(BackendError) {
      return try InterfaceName(name)
    } catch {
      throw CommandFailure(
        .usage,
        "'\(name)' cannot be an interface: a name has 1 to \(InterfaceName.maximumLength) bytes, "
          + "without slash, colon or white space"
      )
    }
  }

  private static func entry(_ kind: String, _ summary: String) -> BackendEntry {
    BackendEntry(name: kind, form: .interface, summary: summary) { name throws(CommandFailure) in
      let interface = try interface(name.base)
      return SelectedBackend(name.text, device: HostTap(name: interface)) {
        place throws(BenchError) in
        let site = try LinuxTapSite(
          name: interface.description,
          ownership: place == .here ? .inPlace : .own
        )
        return ReadyBackend(
          factories: [LinuxTapBench.factory(name: name.text, site: site)],
          finish: site.finish
        )
      }
    }
  }
}

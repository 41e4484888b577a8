internal import BackendConformance

/// The backends in memory.
enum SimulatedBackends {
  static let entries =
    kinds.map(entry) + [
      BackendEntry(name: "sim:all", form: .exact, summary: "each of the simulated ones in turn") {
        name in
        SelectedBackend(name.text, kinds.map(factory))
      }
    ]

  private static let kinds = ["tap", "vmnet", "netmap", "vale", "xen"]
  private static let summaries = [
    "tap": "a tap over a simulated kernel", "vmnet": "a vmnet over a simulated kernel",
    "netmap": "netmap on a simulated network card",
    "vale": "netmap on a port of a simulated VALE switch",
    "xen": "a Xen netback in front of a frontend in memory",
  ]

  private static func entry(_ kind: String) -> BackendEntry {
    BackendEntry(name: "sim:\(kind)", form: .exact, summary: summaries[kind] ?? kind) {
      name in
      SelectedBackend(name.text, [factory(kind)])
    }
  }

  private static func factory(_ kind: String) -> TestbenchFactory {
    switch kind {
    case "xen": SimulatedXenBench.factory()
    case "netmap", "vale": SimulatedNetmapBench.factory(prefix: kind)
    default: SimulatedTapBench.factory(prefix: kind)
    }
  }
}

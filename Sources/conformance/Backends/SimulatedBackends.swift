internal import BackendConformance

/// The backends in memory.
enum SimulatedBackends {
  static let entries =
    kinds.map(entry) + [
      BackendEntry(name: "sim:all", form: .exact, summary: "each of the simulated ones in turn") {
        name in
        SelectedBackend(name.text, kinds.map { factory($0, "sim:\($0)") })
      }
    ]

  private static let kinds = ["tap", "vmnet"]

  private static func entry(_ kind: String) -> BackendEntry {
    BackendEntry(name: "sim:\(kind)", form: .exact, summary: "a \(kind) over a simulated kernel") {
      name in
      SelectedBackend(name.text, [factory(kind, name.text)])
    }
  }

  private static func factory(_ kind: String, _ name: String) -> TestbenchFactory {
    SimulatedTapBench.factory(prefix: kind, name: name)
  }
}

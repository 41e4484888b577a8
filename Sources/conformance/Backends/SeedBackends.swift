internal import BhyveConformance

/// The backends of bhyve as it was in 2020, with their defects.
enum SeedBackends {
  static let entries = ["tap", "vmnet", "netmap", "vale"].map { kind in
    BackendEntry(
      name: "bhyve:\(kind)",
      form: .exact,
      summary: "bhyve's \(kind) of 2020, with its defects"
    ) { name in
      SelectedBackend(name.text, [BhyveBench.factory(kind: kind)])
    }
  }
}

import BackendConformance
import BhyveConformance

/// A backend of the seed, and the right one that it is compared with.
struct SeedBackend: CustomStringConvertible, Sendable {
  let factory: TestbenchFactory
  let right: TestbenchFactory

  var description: String { factory.name }

  static let all = BhyveBench.kinds.map { kind in
    SeedBackend(factory: BhyveBench.factory(kind: kind), right: right(kind))
  }

  private static func right(_ kind: String) -> TestbenchFactory {
    switch kind {
    case "netmap", "vale": SimulatedNetmapBench.factory(prefix: kind)
    default: SimulatedTapBench.factory(prefix: kind)
    }
  }
}

import BackendConformance
import BhyveConformance

/// A backend of the seed, and the right one that it is compared with.
struct SeedBackend: CustomStringConvertible, Sendable {
  let factory: TestbenchFactory
  let right: TestbenchFactory

  var description: String { factory.name }

  static let all = ["tap", "vmnet"].map { kind in
    SeedBackend(
      factory: BhyveTapBench.factory(prefix: kind),
      right: SimulatedTapBench.factory(prefix: kind)
    )
  }
}

import BackendConformance
import Glibc
import Synchronization
import Testing

/// A run tells the same in the same order, however many scenarios are played at once.
@Suite("A run on several threads")
struct SuiteTests {
  private static let factories = ["tap", "vmnet"].map(SimulatedTapBench.factory(prefix:))
  private static let sections: Set = ["names", "peek", "send", "tap"]

  private func suite(_ factories: [TestbenchFactory], threads: Int) -> BackendConformance.Suite {
    let selected = Catalogue.all.filter { Self.sections.contains($0.section) }
    var suite = BackendConformance.Suite(
      selected: selected.map { .init($0, isSkipped: $0.slug == "peek/nothing-is-waiting") },
      factories: factories
    )
    suite.threads = threads
    return suite
  }

  /// What a run tells, without how long anything took.
  private func told(_ suite: BackendConformance.Suite) -> [String] {
    var lines: [String] = []
    let outcome = suite.run { event in
      switch event {
      case .scenarioStart(let requirement, let backend):
        lines.append("\(requirement.slug) \(backend)")
      case .step(let script, let record):
        lines.append("\(script.name) \(record.step) \(record.observation)")
      case .verdict(let result):
        lines.append("\(result.requirement.slug) \(result.judgement.verdict) \(result.casesPlayed)")
      default: break
      }
    }
    #expect(!outcome.wasStopped)
    return lines + [
      "\(outcome.summary[.passed]) passed, \(outcome.summary[.skipped]) skipped of \(suite.count)"
    ]
  }

  @Test("All events are those of a run with one scenario at a time", arguments: [2, 3, 16])
  func order(threads: Int) {
    let inTurn = told(suite(Self.factories, threads: 1))
    #expect(inTurn.count > 1000)
    #expect(told(suite(Self.factories, threads: threads)) == inTurn)
  }

  @Test(
    "A run that is stopped begins no further scenario, and waits for those it has begun",
    arguments: [0, 1, 5, 40]
  )
  func stop(after questions: Int) {
    let asked = Atomic<Int>(0)
    let open = Atomic<Int>(0)
    let counting = TestbenchFactory(
      name: "counted",
      families: ["tap"],
      sharesNothing: true
    ) { (_) throws(BenchError) in
      open.add(1, ordering: .relaxed)
      return try Self.factories[0].make()
    }
    var suite = suite([counting], threads: 4)
    suite.shouldStop = { asked.add(1, ordering: .relaxed).newValue > questions }
    let outcome = suite.run { _ in }
    #expect(outcome.wasStopped)
    let made = open.load(ordering: .relaxed)
    let cases = suite.selected.reduce(0) { $0 + counting.scripts(of: $1.requirement).count }
    #expect(made < cases)
  }

  @Test("Benches that share something are used one at a time")
  func shared() {
    let threads = Mutex<Set<UInt>>([])
    let shared = TestbenchFactory(name: "shared", families: ["tap"]) { (_) throws(BenchError) in
      threads.withLock { _ = $0.insert(UInt(pthread_self())) }
      return try Self.factories[0].make()
    }
    _ = suite([shared, Self.factories[1]], threads: 8).run { _ in }
    #expect(threads.withLock(\.count) == 1)
  }
}

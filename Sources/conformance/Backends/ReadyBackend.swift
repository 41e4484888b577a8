internal import BackendConformance

/// A backend whose benches can be made.
struct ReadyBackend {
  /// What makes the benches: one factory, or several for a name that stands for several.
  let factories: [TestbenchFactory]
  /// Gives back what was made for the run as a whole.
  var finish: () -> Void = {}

  /// Makes a bench of each kind and takes it down.
  func probe() throws(BenchError) {
    do throws(BenchError) {
      for factory in factories { try factory.make().tearDown() }
    } catch {
      finish()
      throw error
    }
  }
}

extension CommandFailure {
  /// What it means that a bench cannot be made.
  init(_ error: BenchError, backend: String) {
    switch error {
    case .unsupported(let what), .unavailable(let what):
      self.init(.unavailable, "\(backend) is not available here: \(what)")
    case .notPermitted(let what): self.init(.notPermitted, "\(backend) is not permitted: \(what)")
    case .failed(let what): self.init(.suiteFault, "the bench of \(backend) failed: \(what)")
    }
  }
}

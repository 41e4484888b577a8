internal import BackendConformance
internal import NetBackend
internal import XenNetif

// The ways in which a netback can be made wrong.
extension Mutant {
  /// A netback that decides something wrongly, over a port of which single calls are replaced, and of
  /// which single calls are replaced as well.
  ///
  /// - Parameters:
  ///   - policy: Changes what it decides where the protocol leaves it open, and where it does not.
  ///   - port: Replaces calls of its port.
  ///   - changes: Replaces calls of the backend.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    policy change: @escaping @Sendable (inout NetbackPolicy) -> Void = { _ in },
    port tamper: @escaping @Sendable (inout TamperedXen) -> Void = { _ in },
    changing changes: (@Sendable (MutantXenRings) -> TamperedBackend.Changes)? = nil
  ) {
    var policy = NetbackPolicy.strict
    change(&policy)
    self.init(
      name,
      breaks: breaks,
      observed: observed,
      factory: SimulatedXenBench.factory(name: "mutant:\(name)", policy: policy) {
        request,
        port,
        policy throws(BackendError) in
        let rings = MutantXenRings()
        var tampered = TamperedXen(port, rings)
        tamper(&tampered)
        let right = try XenNetback(request, port: tampered, policy: policy)
        guard let changes else { return right }
        return TamperedBackend(right, changes: changes(rings))
      }
    )
  }
}

internal import BackendConformance
internal import NetBackend
internal import RingMemory
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

  /// A netback that reads requests to transmit otherwise than they are.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    policy: @escaping @Sendable (inout NetbackPolicy) -> Void = { _ in },
    requests change: @escaping @Sendable (inout TransmitRequest) -> Void
  ) {
    self.init(
      xen: name,
      breaks: breaks,
      observed: observed,
      policy: policy,
      finding: { ring in ring.changeRequests { change(&$1) } }
    )
  }

  /// A netback that finds a ring otherwise than it is when it handles an event.
  ///
  /// - Parameter ring: The ring of a frontend with one queue.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    policy: @escaping @Sendable (inout NetbackPolicy) -> Void = { _ in },
    on ring: RingKind = .transmit,
    finding change: @escaping @Sendable (SharedRing) -> Void
  ) {
    self.init(
      xen: name,
      breaks: breaks,
      observed: observed,
      policy: policy,
      port: { port in
        port.onPass = { rings in rings[ring].map(change) }
      }
    )
  }

  /// A netback that leaves a ring otherwise than it should when it has handled an event.
  ///
  /// - Parameter ring: The ring of a frontend with one queue.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    policy: @escaping @Sendable (inout NetbackPolicy) -> Void = { _ in },
    on ring: RingKind = .transmit,
    afterwards change: @escaping @Sendable (SharedRing) -> Void
  ) {
    self.init(
      xen: name,
      breaks: breaks,
      observed: observed,
      policy: policy,
      port: { port in
        port.afterPass = { rings in rings[ring].map(change) }
      }
    )
  }
}

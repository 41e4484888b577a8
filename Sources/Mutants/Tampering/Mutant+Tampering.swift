internal import BackendConformance
internal import NetBackend
internal import Tap

extension Mutant {
  /// A tap backend of which single calls are replaced.
  init(
    tap name: String,
    breaks: String,
    observed: String,
    changing changes: @escaping @Sendable (OpenRequest) -> TamperedBackend.Changes
  ) {
    self.init(tap: name, breaks: breaks, observed: observed) { request, port throws(BackendError) in
      let right = try TapBackend(request, port: port)
      return TamperedBackend(right, changes: changes(request))
    }
  }

  /// The same of a backend that need not know how it was opened: name, slug, what is observed.
  static func changing(
    _ name: String,
    _ breaks: String,
    _ observed: String,
    _ change: @escaping @Sendable (inout TamperedBackend.Changes) -> Void
  ) -> Mutant {
    Mutant(
      tap: name,
      breaks: breaks,
      observed: observed,
      changing: { _ in TamperedBackend.Changes(change) }
    )
  }

  /// A tap backend over a port of which single calls are replaced.
  init(
    tap name: String,
    breaks: String,
    observed: String,
    tampering change: @escaping @Sendable (inout TamperedPort, RightPort) -> Void
  ) {
    self.init(
      tap: name,
      breaks: breaks,
      observed: observed,
      port: { port in TamperedPort(port) { change(&$0, port) } }
    )
  }

  /// A tap backend whose registrations are cancelled in a wrong way.
  init(
    tap name: String,
    breaks: String,
    observed: String,
    late: Bool = false,
    cancelling cancel: @escaping TamperedLoop.Cancel
  ) {
    self.init(tap: name, breaks: breaks, observed: observed) { request, port throws(BackendError) in
      var request = request
      request.loop = TamperedLoop(request.loop, late: late, cancel: cancel)
      return try TapBackend(request, port: port)
    }
  }

  /// A tap backend whose failure to open is handled in a wrong way.
  init(
    tap name: String,
    breaks: String,
    observed: String,
    failing handle: @escaping @Sendable (BackendError, OpenRequest, RightPort) -> BackendError
  ) {
    self.init(tap: name, breaks: breaks, observed: observed) { request, port throws(BackendError) in
      do throws(BackendError) {
        return try TapBackend(request, port: port)
      } catch { throw handle(error, request, port) }
    }
  }
}

internal import Glibc
internal import NetBackend

/// Backends whose errors send their reader the wrong way.
enum ErrorsMutants {
  static let all = [
    Mutant(
      tap: "tap.loses-errno",
      breaks: "errors/explain-themselves",
      observed: "notPermitted (tap0",
      failing: { error, _, _ in changed(error) { $0.errno = nil } }
    ),
    Mutant(
      tap: "tap.calls-everything-a-system-error",
      breaks: "errors/reason-fits-errno",
      observed: "system (tap0",
      failing: { error, _, _ in changed(error) { $0.reason = .system } }
    ),
    Mutant(
      tap: "tap.attaches-stale-errno",
      breaks: "errors/refusals-explain-themselves",
      observed: "errno 22",
      changing: { _ in
        TamperedBackend.Changes {
          $0.failure = { error in changed(error) { $0.errno = $0.errno ?? EINVAL } }
        }
      }
    ),
    Mutant(
      tap: "tap.errors-without-subject",
      breaks: "errors/gone-device-is-explained",
      observed: "system (:",
      changing: { _ in
        TamperedBackend.Changes { $0.failure = { error in changed(error) { $0.subject = "" } } }
      }
    ),
  ]

  private static func changed(
    _ error: BackendError,
    _ change: (inout BackendError) -> Void
  ) -> BackendError {
    var error = error
    change(&error)
    return error
  }
}

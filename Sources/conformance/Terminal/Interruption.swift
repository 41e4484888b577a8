internal import BackendConformance
internal import Foundation
internal import Glibc
internal import Synchronization

/// Listens for the signals that ask a run to stop.
///
/// The first one asks; a second one ends the process at once.
final class Interruption: Sendable {
  private let first = Atomic<Int32>(0)

  /// Begins to listen; a signal that the caller had ignored stays ignored.
  ///
  /// To be called before other threads exist: they inherit that the signals are blocked, and so
  /// leave them to the thread that waits for them.
  init() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] where !Self.isIgnored(signal) {
      unsafe sigaddset(&signals, signal)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    let awaited = signals
    Thread.detachNewThread { [self] in listen(for: awaited) }
  }

  /// Whether the run is to stop.
  var isAsked: Bool { first.load(ordering: .relaxed) != 0 }

  /// The status for the signal that came; `nil` if none did.
  var status: ExitStatus? {
    switch first.load(ordering: .relaxed) {
    case 0: nil
    case SIGINT: .interrupted
    default: .terminated
    }
  }

  private func listen(for signals: sigset_t) {
    var signals = signals
    while true {
      var signal: Int32 = 0
      guard unsafe sigwait(&signals, &signal) == 0 else { return }
      let (isFirst, _) = first.compareExchange(
        expected: 0,
        desired: signal,
        ordering: .relaxed
      )
      if !isFirst { _exit(128 + signal) }
    }
  }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }
}

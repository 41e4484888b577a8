internal import Synchronization

/// Watches the callbacks of one opened backend, on whichever thread they run.
final class CallbackMonitor: Sendable {
  /// When a callback may begin.
  enum Phase: Int {
    case opening, disabled, enabled, closed
  }

  private let phase = Atomic<Int>(Phase.opening.rawValue)
  private let begun = Atomic<Int>(0)
  private let seen = Atomic<Int>(0)
  private let running = Atomic<Int>(0)
  private let breaches = Mutex<[Breach]>([])

  /// Enters a phase.
  func enter(_ next: Phase) {
    phase.store(next.rawValue, ordering: .sequentiallyConsistent)
  }

  /// The number of callbacks that began and have not been counted yet.
  var unseen: Int {
    begun.load(ordering: .sequentiallyConsistent) - seen.load(ordering: .relaxed)
  }

  /// Counts the callbacks that began since the last time.
  func takeUnseen() -> Int {
    let count = unseen
    seen.add(count, ordering: .relaxed)
    return count
  }

  /// The number of callbacks that are running.
  var runningCount: Int { running.load(ordering: .sequentiallyConsistent) }

  /// Takes the rules that callbacks have broken since the last time.
  func takeBreaches() -> [Breach] {
    breaches.withLock { list in
      defer { list = [] }
      return list
    }
  }

  /// Runs `body` as a callback.
  func callback(_ body: () -> Void) {
    switch Phase(rawValue: phase.load(ordering: .sequentiallyConsistent)) {
    case .disabled: report(.calledBackWhileDisabled)
    case .opening, .closed: report(.calledBackWhileClosed)
    default: break
    }
    running.add(1, ordering: .sequentiallyConsistent)
    begun.add(1, ordering: .sequentiallyConsistent)
    body()
    running.subtract(1, ordering: .sequentiallyConsistent)
  }

  func report(_ breach: Breach) {
    breaches.withLock { if !$0.contains(breach) { $0.append(breach) } }
  }
}

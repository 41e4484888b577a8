internal import Synchronization

/// The timers of a loop that have not run, those with the earliest deadline first.
final class TimerList: Sendable {
  private let waiting = Mutex<[SteppedTimer]>([])

  /// The earliest deadline, in nanoseconds of the loop's clock.
  var nextDeadline: UInt64? { waiting.withLock { $0.first?.deadline } }

  /// Adds a timer, behind those that have the same deadline.
  func add(_ timer: SteppedTimer) {
    waiting.withLock { timers in
      let place = timers.firstIndex { $0.deadline > timer.deadline } ?? timers.endIndex
      timers.insert(timer, at: place)
    }
  }

  /// Takes all timers whose deadlines are at `time` or before.
  func takeAll(dueAt time: UInt64) -> [SteppedTimer] {
    waiting.withLock { timers in
      let due = timers.prefix { $0.deadline <= time }
      timers.removeFirst(due.count)
      return Array(due)
    }
  }

  func remove(_ timer: SteppedTimer) {
    waiting.withLock { $0.removeAll { $0 === timer } }
  }

  /// Takes the first timer, if its deadline is at `time` or before.
  func takeFirst(dueAt time: UInt64) -> SteppedTimer? {
    waiting.withLock { timers in
      guard let first = timers.first, first.deadline <= time else { return nil }
      return timers.removeFirst()
    }
  }
}

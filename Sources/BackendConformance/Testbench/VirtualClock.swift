internal import Synchronization

/// A clock that only moves when it is told to.
public final class VirtualClock: Sendable {
  private let time: Mutex<UInt64>

  /// Creates a clock that shows `start` nanoseconds.
  ///
  /// Not 0 unless asked for: who takes a moment that was never set for the beginning of time is to be
  /// found out.
  public init(start: UInt64 = 1_000_000_000_000) { time = Mutex(start) }

  /// What the clock shows, in nanoseconds.
  public var now: UInt64 { time.withLock { $0 } }

  /// Moves the clock forward to `moment` nanoseconds, if it does not show more already.
  func move(to moment: UInt64) { time.withLock { $0 = max($0, moment) } }
}

internal import Glibc

/// The machine's monotonic clock.
public enum MonotonicClock {
  /// Nanoseconds since an arbitrary moment.
  public static var now: UInt64 { read(CLOCK_MONOTONIC) }

  /// The same as of the kernel's last tick, a few milliseconds ago at most; costs a fraction.
  static var atLastTick: UInt64 { read(CLOCK_MONOTONIC_COARSE) }

  private static func read(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}

/// Measures how much later the machine woke a waiting thread than it was asked to.
struct Lateness {
  /// Waking up later than this, in nanoseconds, is a sign of a loaded machine, if it is also more than
  /// a tenth of the time waited in all.
  private static let tolerated: UInt64 = 50_000_000
  private var started = MonotonicClock.now
  private var latest: UInt64 = 0
  private var worst: UInt64 = 0

  /// Counts from a moment on if that is later than the beginning; nothing is kept but how late the
  /// machine was the last time.
  mutating func restart(at moment: UInt64) {
    if moment > started { (started, worst) = (moment, latest) }
  }

  /// Calls `wait`, which is to take at most `milliseconds`.
  mutating func measure<Value>(milliseconds: Int, _ wait: () -> Value) -> Value {
    let before = MonotonicClock.now
    let value = wait()
    let taken = MonotonicClock.now - before
    let asked = UInt64(max(0, milliseconds)) * 1_000_000
    latest = taken > asked ? taken - asked : 0
    worst = max(worst, latest)
    return value
  }

  /// How long has been waited, in milliseconds.
  var milliseconds: Int { Int((MonotonicClock.now - started) / 1_000_000) }

  /// A missed deadline, with whether the machine is to blame.
  func observation(soFar: Int) -> LateObservation {
    LateObservation(
      soFar: soFar,
      seconds: Double(milliseconds) / 1000,
      machineWasLate: worst > max(Self.tolerated, (MonotonicClock.now - started) / 10)
    )
  }
}

import BackendConformance

/// Times two pieces of work side by side, so that a machine that changes its speed changes both.
enum Measurement {
  /// The number of pairs; their median is quoted.
  static let pairs = 41

  /// How fast `subject` is, as a part of the speed of `baseline`: above 1 it is faster.
  static func ratio(
    pairs: Int = pairs,
    _ subject: () -> Void,
    against baseline: () -> Void
  ) -> Double {
    subject()
    baseline()
    let ratios = (0..<pairs).map { index in
      // Each goes first every other time.
      if index.isMultiple(of: 2) {
        let first = nanoseconds(subject)
        return nanoseconds(baseline) / first
      }
      let first = nanoseconds(baseline)
      return first / nanoseconds(subject)
    }
    return median(ratios)
  }

  /// How long `work` takes, in nanoseconds.
  static func nanoseconds(_ work: () -> Void) -> Double {
    let start = MonotonicClock.now
    work()
    return Double(MonotonicClock.now - start)
  }

  /// The middle one of several values.
  static func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
  }
}

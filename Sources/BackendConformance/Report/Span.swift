/// Spans of time, as reports write them.
enum Span {
  /// Nanoseconds with one decimal, in milliseconds or, from one second on, in seconds.
  static func text(nanoseconds: UInt64) -> String {
    nanoseconds < 1_000_000_000
      ? decimal(nanoseconds, unit: 1_000_000) + " ms"
      : decimal(nanoseconds, unit: 1_000_000_000) + " s"
  }

  /// Nanoseconds as seconds.
  static func seconds(nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1e9 }

  private static func decimal(_ nanoseconds: UInt64, unit: UInt64) -> String {
    let tenth = unit / 10
    let tenths = nanoseconds / tenth + (nanoseconds % tenth >= tenth / 2 ? 1 : 0)
    return "\(tenths / 10).\(tenths % 10)"
  }
}

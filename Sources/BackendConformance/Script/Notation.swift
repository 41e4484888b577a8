/// The small words of the notation that failures, reports and `explain` share.
enum Notation {
  /// How many items of a list are written out.
  static let longestList = 8

  /// A number and what it counts, such as `1 callback` or `3 callbacks`.
  static func quantity(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
  }

  /// A number within bounds and what it counts, such as `at least 1 callback`.
  static func quantity<Bound: BinaryInteger & FixedWidthInteger>(
    _ range: ClosedRange<Bound>,
    _ noun: String
  ) -> String {
    let (low, high) = (range.lowerBound, range.upperBound)
    let plural = noun + "s"
    if low == high { return "\(low) \(low == 1 ? noun : plural)" }
    if high == .max { return "at least \(low) \(low == 1 ? noun : plural)" }
    return "\(low) to \(high) \(plural)"
  }

  /// Items between brackets, such as `[60, 60]`; of a long list the first ones.
  static func list(_ items: some Collection<some CustomStringConvertible>) -> String {
    "[" + joined(items, by: ", ") + "]"
  }

  /// Items one after the other; of a long list the first ones, and how many more there are.
  static func joined(
    _ items: some Collection<some CustomStringConvertible>,
    by separator: String
  ) -> String {
    let first = items.prefix(longestList).map(\.description)
    let more = items.count - first.count
    return (more > 0 ? first + ["\(more) more"] : first).joined(separator: separator)
  }

  /// Text of unknown origin between quotation marks, control characters escaped.
  static func quoted(_ text: String) -> String { text.debugDescription }

  /// Bytes as pairs of digits.
  static func bytes(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { Hexadecimal.string($0) }.joined(separator: " ")
  }

  /// Steps between braces.
  static func block(_ steps: [Step]) -> String {
    steps.isEmpty ? "{ }" : "{ " + steps.map(\.description).joined(separator: "; ") + " }"
  }
}

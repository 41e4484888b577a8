/// What a domain has granted under one number.
struct GrantEntry {
  let page: GuestPage
  let partner: Domain
  let isReadOnly: Bool
}

/// What others did with a grant.
public struct GrantUse: Equatable, Sendable {
  /// The copies that were asked for, failed ones included, without those of no bytes.
  public var copies = 0
  /// The mappings that were made.
  public var maps = 0
  /// The bytes that were copied.
  public var bytesCopied = 0
  /// The parts of the page that were copied from or to, in order and apart from each other.
  public private(set) var touched: [Range<Int>] = []

  /// The use of a grant that nobody has used.
  public init() {}

  mutating func touch(_ range: Range<Int>) {
    bytesCopied += range.count
    let apart = touched.filter {
      $0.upperBound < range.lowerBound || $0.lowerBound > range.upperBound
    }
    let merged = touched.filter { !apart.contains($0) } + [range]
    let start = merged.map(\.lowerBound).min() ?? range.lowerBound
    let end = merged.map(\.upperBound).max() ?? range.upperBound
    touched = (apart + [start..<end]).sorted { $0.lowerBound < $1.lowerBound }
  }
}

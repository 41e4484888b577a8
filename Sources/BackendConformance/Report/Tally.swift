/// Counts the events of a run, to tell whether its summary adds up.
public struct Tally: Sendable {
  /// The number of scenarios that began.
  public private(set) var begun = 0
  /// The verdicts that were given.
  public private(set) var counted = Summary()
  private var reported: Summary?

  /// Creates a tally of nothing.
  public init() {}

  /// Counts the next event.
  public mutating func receive(_ event: Event) {
    switch event.kind {
    case .scenarioStart: begun += 1
    case .verdict(let result): counted.add(result)
    case .runEnd(_, let summary): reported = summary
    case .runStart, .step: break
    }
  }

  /// Whether each scenario that began has one verdict, and the summary says the same.
  public var addsUp: Bool {
    begun == counted.selected && (reported ?? counted) == counted
      && counted.selected == Verdict.allCases.reduce(0) { $0 + counted[$1] }
  }
}

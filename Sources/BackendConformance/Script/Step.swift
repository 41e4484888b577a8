/// One action of a script, and what it may observe.
public struct Step: Equatable, Sendable {
  /// What to do.
  public var action: Action
  /// Which of the bench's backends does it, counted from 0.
  public var backend: Int
  /// What may be observed: any one of these; never empty.
  public var allowed: [Outcome]
  /// A name for the choice among labelled outcomes that all steps with that name must make alike.
  public var choice: String?
  /// Whether an error here means that the backend does not offer what the case tests, and the case
  /// is unsupported rather than failed.
  public var isPrecondition = false

  /// Creates a step.
  public init(_ action: Action, backend: Int = 0, allowed: [Outcome], choice: String? = nil) {
    self.action = action
    self.backend = backend
    self.allowed = allowed
    self.choice = choice
  }

  /// The same step; if it throws, the case is unsupported.
  public var orUnsupported: Step {
    var step = self
    step.isPrecondition = true
    return step
  }

  /// The same step, allowed to observe any of `outcomes`.
  public func allowing(_ outcomes: Outcome...) -> Step {
    var step = self
    step.allowed = outcomes
    return step
  }

  /// The same step, whose labelled outcome must be that of every step of the same `choice`.
  public func choosing(_ choice: String) -> Step {
    var step = self
    step.choice = choice
    return step
  }

  /// The same step, done by the backend of that number.
  public func on(_ backend: Int) -> Step {
    var step = self
    step.backend = backend
    return step
  }

  /// The steps that this one contains, directly.
  var nested: [Step] {
    switch action {
    case .whenCalledBack(let steps), .repeated(_, let steps): steps
    case .together(let lanes): lanes.flatMap { $0 }
    default: []
    }
  }

  /// This step and all it contains, in the order they are written.
  var flattened: [Step] { [self] + nested.flatMap(\.flattened) }

  /// The number of steps in ``flattened``.
  var size: Int { nested.reduce(1) { $0 + $1.size } }
}

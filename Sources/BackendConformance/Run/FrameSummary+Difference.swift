extension FrameSummary {
  /// How this frame differs from one of a run; `nil` if it does not.
  ///
  /// The length comes first, then the first byte that differs within the kept head, such as
  /// `byte 12: 88 expected, 00 observed`, then that it differs behind the head.
  ///
  /// - Parameter index: Which frame of the run, counted from 0; in a repetition the round is added.
  public func difference(from pattern: FramePattern, index: Int = 0) -> String? {
    let expected = pattern.contents(index)
    guard length == expected.count else {
      return Notation.quantity(expected.count, "byte") + " expected, \(length) observed"
    }
    let positions = zip(expected, head).enumerated()
    if let (position, bytes) = positions.first(where: { $0.element.0 != $0.element.1 }) {
      let (wanted, seen) = (Hexadecimal.string(bytes.0), Hexadecimal.string(bytes.1))
      return "byte \(position): \(wanted) expected, \(seen) observed"
    }
    guard digest != FrameSummary(expected).digest else { return nil }
    return "differs after byte \(head.count)"
  }
}

extension Observation {
  /// How observed frames differ from expected ones, at the first that does; `nil` if they do not,
  /// or if this is not about frames.
  ///
  /// - Parameter round: The round of a repetition, counted from 0.
  public func difference(from expectation: Expectation, round: Int = 0) -> String? {
    switch (self, expectation) {
    case (.frame(let seen), .frame(let pattern)): seen.difference(from: pattern, index: round)
    case (.frames(let seen), .frames(let patterns)):
      Self.difference(of: seen, from: patterns, round: round)
    default: nil
    }
  }

  private static func difference(
    of seen: [FrameSummary],
    from patterns: [FramePattern],
    round: Int
  ) -> String? {
    let wanted = patterns.flatMap { $0.singles(round: round) }
    for (index, (frame, pattern)) in zip(seen, wanted).enumerated() {
      if let difference = frame.difference(from: pattern) {
        return "frame \(index + 1): \(difference)"
      }
    }
    guard seen.count != wanted.count else { return nil }
    return "\(Notation.quantity(wanted.count, "frame")) expected, \(seen.count) observed"
  }

  /// The observation in the notation of scripts, with how it differs from the only outcome allowed.
  public func description(comparedWith allowed: [Outcome], round: Int = 0) -> String {
    let differences = allowed.compactMap { difference(from: $0.expectation, round: round) }
    guard differences.count == 1 else { return description }
    return "\(self); \(differences[0])"
  }
}

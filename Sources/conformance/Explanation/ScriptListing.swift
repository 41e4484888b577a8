internal import BackendConformance

/// The steps of a script, one after the other, numbered as failures number them.
struct ScriptListing {
  private let script: Script
  private let profile: KnownProfiles.Entry?

  /// Lists a script, with what a profile expects.
  init(_ script: Script, under profile: KnownProfiles.Entry? = nil) {
    self.script = script
    self.profile = profile
  }

  /// Each step, and beneath it what it may observe.
  var lines: [String] {
    var number = 0
    return lines(script.steps, depth: 0, &number)
  }

  private func lines(_ steps: [Step], depth: Int, _ number: inout Int) -> [String] {
    var lines: [String] = []
    for step in steps {
      let position = number
      number += 1
      let indentation = String(repeating: "  ", count: depth)
      lines.append("\(number)".padded(to: 4) + indentation + Self.heading(step))
      lines += allowed(step, at: position).map { "    \(indentation)  \($0)" }
      for lane in Self.lanes(step) { lines += self.lines(lane, depth: depth + 1, &number) }
    }
    return lines
  }

  /// The step's first line; the steps it contains follow beneath.
  private static func heading(_ step: Step) -> String {
    switch step.action {
    case .whenCalledBack: "when called back"
    case .repeated(let times, _): "\(times) times"
    case .together(let lanes): "together, \(lanes.count) lanes"
    default: step.description
    }
  }

  private static func lanes(_ step: Step) -> [[Step]] {
    switch step.action {
    case .whenCalledBack(let steps), .repeated(_, let steps): [steps]
    case .together(let lanes): lanes
    default: []
    }
  }

  private func allowed(_ step: Step, at position: Int) -> [String] {
    guard Self.lanes(step).isEmpty else { return [] }
    let outcomes = outcomes(of: step, at: position)
    let isOpen = profile == nil || outcomes.count > 1
    let choice = isOpen ? step.choice.map { ", and always the same \($0)" } ?? "" : ""
    return Paragraph.lines("allowed: \(outcomes.alternatives)\(choice)", width: 80)
  }

  /// What the step may observe; quirks of several families need a backend to tell which are meant.
  private func outcomes(of step: Step, at position: Int) -> [Outcome] {
    guard let profile, let family = profile.family else { return step.allowed }
    return profile.profile.outcomes(of: position, in: script, families: [family])
  }
}

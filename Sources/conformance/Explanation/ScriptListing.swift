internal import BackendConformance

/// The steps of a script, one after the other, numbered as failures number them.
struct ScriptListing {
  private let script: Script

  init(_ script: Script) { self.script = script }

  /// Each step, and beneath it what it may observe.
  var lines: [String] {
    var number = 0
    return Self.lines(script.steps, depth: 0, &number)
  }

  private static func lines(_ steps: [Step], depth: Int, _ number: inout Int) -> [String] {
    var lines: [String] = []
    for step in steps {
      number += 1
      let indentation = String(repeating: "  ", count: depth)
      lines.append("\(number)".padded(to: 4) + indentation + heading(step))
      lines += allowed(step).map { "    \(indentation)  \($0)" }
      for lane in lanes(step) { lines += Self.lines(lane, depth: depth + 1, &number) }
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

  private static func allowed(_ step: Step) -> [String] {
    guard lanes(step).isEmpty else { return [] }
    let choice = step.choice.map { ", and always the same \($0)" } ?? ""
    return Paragraph.lines("allowed: \(step.allowedDescription)\(choice)", width: 80)
  }
}

internal import BackendConformance
internal import Mutants

/// A requirement, told to a person.
struct Explanation {
  private let requirement: Requirement
  private let scripts: [Script]
  private let shownCase: Int
  private let profile: KnownProfiles.Entry?

  /// Explains a requirement, with one of its cases in full, as a profile has it.
  init(_ requirement: Requirement, shownCase: Int, under profile: KnownProfiles.Entry?) {
    self.requirement = requirement
    self.shownCase = shownCase
    self.profile = profile
    scripts = requirement.scripts
  }

  /// The explanation, ending in a new line.
  var text: String {
    var lines = ["\(requirement.slug)   \(requirement.obligation.rawValue)", ""]
    lines += facts.flatMap { label, values in Self.entry(label, values) }
    lines += scripts.isEmpty ? [] : [""] + caseNames + [""] + shownSteps
    return lines.joined(separator: "\n") + "\n"
  }

  private var facts: [(String, [String])] {
    [
      ("requires", [requirement.sentence]),
      ("because", [requirement.reason]),
      ("source", requirement.sources),
      ("families", requirement.families.isEmpty ? ["every one"] : requirement.families),
      ("instruments", instruments),
      ("broken by", requirement.hint.isEmpty ? [] : [requirement.hint]),
      ("untestable", requirement.untestable.map { [$0] } ?? []),
      ("mutants", mutants),
    ] + underProfile
  }

  private var underProfile: [(String, [String])] {
    guard let profile else { return [] }
    let effect = ProfileEffect(profile.profile, on: requirement, scripts)
    return [
      ("profile", ["\(profile.profile.name): \(profile.summary)"]),
      ("options", effect.options),
      ("quirks", effect.quirks.map { "\($0.name): \($0.explanation)" }),
    ]
  }

  private var instruments: [String] {
    let names = requirement.instruments.sorted().map(\.rawValue)
    if scripts.isEmpty { return [] }
    return [names.isEmpty ? "none" : names.joined(separator: ", ")]
  }

  private var mutants: [String] {
    if requirement.untestable != nil { return [] }
    let names = Mutants.all.filter { $0.breaks == requirement.slug }.map(\.name)
    return names.isEmpty ? ["none known, so the requirement is unproven"] : names
  }

  private var caseNames: [String] {
    ["cases"]
      + scripts.enumerated().map { index, script in
        "  \(index == shownCase ? ">" : " ") \(index + 1)  \(script.name)"
      }
  }

  private var shownSteps: [String] {
    ["case \(shownCase + 1)  \(scripts[shownCase].name)"]
      + ScriptListing(scripts[shownCase], under: profile).lines.map { "  " + $0 }
  }

  /// A label with its values, each wrapped and indented alike.
  private static func entry(_ label: String, _ values: [String]) -> [String] {
    let lines = values.flatMap { Paragraph.lines($0, width: 84) }
    return lines.enumerated().map { index, line in
      "  " + (index == 0 ? label : "").padded(to: 13) + line
    }
  }
}

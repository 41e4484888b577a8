internal import ArgumentParser
internal import BackendConformance

/// The command `conformance explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a requirement: why it is one, where it comes from, how it is tested.",
    usage: "conformance explain [<options>] <id>",
    discussion: """
      Shows one case step by step, with what each step may observe; the others by name.

        conformance explain receive/short-buffer-is-reported
        conformance explain receive/short-buffer-is-reported --case 3
        conformance explain send/every-length-passes --profile xen-linux
        conformance explain receive/short-buffer-is-reported --format yaml > mine.yaml
        conformance replay mine.yaml --backend sim:tap
      """
  )

  /// The forms of an explanation.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case yaml
  }

  @Argument(help: ArgumentHelp("The requirement's slug, as 'list' shows it.", valueName: "id"))
  var slug: String

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("The case to show, counted from 1.", valueName: "number")
  )
  var number: Int = 1

  @Option(
    help: ArgumentHelp("Shows what each step may observe under a profile.", valueName: "name")
  )
  var profile: String?

  @Option(help: "'text', or 'yaml' for the case alone, as a fixture.")
  var format: Format = .text

  func run() throws {
    guard let requirement = Catalogue.requirement(slug) else { throw unknown }
    let scripts = requirement.scripts
    guard scripts.isEmpty || scripts.indices.contains(number - 1) else {
      throw CommandFailure(.usage, "\(slug) has \(scripts.count) cases, so no case \(number)")
    }
    let profile = try KnownProfiles.entry(profile)
    switch format {
    case .text:
      let explanation = Explanation(requirement, shownCase: number - 1, under: profile)
      try StandardOutput.write(explanation.text)
    case .yaml:
      guard let script = scripts.isEmpty ? nil : scripts[number - 1] else {
        throw CommandFailure(.usage, "\(slug) has no case: \(requirement.untestable ?? "")")
      }
      try StandardOutput.write(script.yaml)
    }
  }

  private var unknown: CommandFailure {
    let question = Suggestion.question(slug, Catalogue.all.map(\.slug))
    return CommandFailure(
      .usage,
      "unknown requirement '\(slug)'\(question); 'conformance list' shows them all"
    )
  }
}

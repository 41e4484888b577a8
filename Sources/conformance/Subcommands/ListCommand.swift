internal import ArgumentParser
internal import BackendConformance

/// The command `conformance list`.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Shows what there is to test.",
    usage: "conformance list [<options>] [<id> ...]",
    discussion: """
      One line a requirement: its slug, how binding it is, how many cases test it, and the families \
      it is for. A requirement is 'unproven' when no wrong backend is known that it catches, and \
      'untestable' when nothing can test it here.

        conformance list 'receive/*'
        conformance list level:must --format json
        conformance list --backend sim:tap
        conformance list 'transmit/*' --profile xen-linux
      """
  )

  /// The forms of the list.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  @OptionGroup var choice: ScenarioChoice

  @Option(
    help: ArgumentHelp(
      "Adds what would run on a backend, and why the rest would not.",
      valueName: "name"
    )
  )
  var backend: String?

  @Option(
    help: ArgumentHelp(
      "Adds what a profile expects in place of, or among, what is allowed.",
      valueName: "name"
    )
  )
  var profile: String?

  @Option(help: "The form of the list.")
  var format: Format = .text

  func run() throws {
    let selected = try choice.selected(of: Catalogue.all)
    let backend = try backend.map { name in try KnownBackends.backend(name).makeReady() }
    defer { backend?.finish() }
    let profile = try KnownProfiles.entry(profile)?.profile
    let rows = try selected.map { entry in
      ListRow(entry, outlooks: try backend?.outlooks(for: entry) ?? [], under: profile)
    }
    try StandardOutput.write(format == .json ? ListDocument(rows).json : ListTable(rows).text)
  }
}

extension ReadyBackend {
  fileprivate func outlooks(for entry: Suite.Selected) throws(CommandFailure) -> [Outlook] {
    var outlooks: [Outlook] = []
    for factory in factories { outlooks.append(try Outlook(entry, on: factory)) }
    return outlooks
  }
}

internal import ArgumentParser
internal import BackendConformance

/// The command `conformance run`.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Plays scenarios on a backend and judges them.",
    usage: "conformance run [<options>] --backend <name> [<id> ...]",
    discussion: """
      Quiet about what passes. A failure tells what was allowed, what was observed, and how to play \
      it again.

        conformance run --backend sim:tap
        conformance run 'receive/*' level:must --backend tap0 -v
        conformance run --failed --backend sim:all
        conformance run --backend sim:tap --report junit:a.xml --report json:a.json
        conformance run --backend sim:tap --fixtures Fixtures/

      BACKENDS:
      \(KnownBackends.overview)

      Options follow a comma, as in NAME,key=value. A tap or a card that exists is used in \
      place and left as it was found; otherwise one is made in a network of the run's own, which ends \
      with it. There VALE switches live as well.

      PROFILES:
      \(KnownProfiles.overview)

      REPORTS:
        \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", "))
      """
  )

  @OptionGroup var choice: ScenarioChoice
  @OptionGroup var play: PlayOptions

  // Needed, but asked for here: the parser would name it missing where another option is misspelled.
  @Option(help: ArgumentHelp("The backend to test; needed.", valueName: "name"))
  var backend: String?

  @Option(
    help: ArgumentHelp("Plays the scripts in this directory, not the catalogue.", valueName: "dir")
  )
  var fixtures: String?

  @Option(
    help: ArgumentHelp(
      "Failures that are known: each must fail at its step, or the run does.",
      valueName: "file"
    )
  )
  var knownFailures: String?

  @Flag(help: "Writes what failed to that file, and removes what passed.")
  var updateKnownFailures = false

  @Flag(help: "Lets a run in which nothing ran succeed.")
  var allowEmpty = false

  func run() throws {
    guard let backend else {
      throw CommandFailure(.usage, "name the backend to test, as in --backend sim:tap")
    }
    let named = try KnownBackends.backend(backend)
    let playlist = try fixtures.map { path in try Playlist(fixtures: path) } ?? Playlist()
    let selected = try choice.selected(of: playlist.requirements)
    var session = try Session(named, selected, play)
    session.playlist = playlist
    session.knownFailures = try knownFailureFile()
    session.allowsEmpty = allowEmpty
    session.evidenceRoot = choice.evidence
    try session.run()
  }

  private func knownFailureFile() throws(CommandFailure) -> KnownFailureFile? {
    guard let knownFailures else {
      guard updateKnownFailures else { return nil }
      throw CommandFailure(.usage, "name the file to update with --known-failures")
    }
    return try KnownFailureFile(knownFailures, updates: updateKnownFailures)
  }
}

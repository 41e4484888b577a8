internal import ArgumentParser
internal import BackendConformance

/// The command `conformance replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Plays a saved script again.",
    usage: "conformance replay [<options>] <file|dir>",
    discussion: """
      A fixture, or the folder that a failure left behind; that one knows its backend and profile.

        conformance replay .conformance/2026-11-21T10-14-03/receive.short-buffer-is-reported/
        conformance replay Fixtures/receive/short.yaml --backend sim:tap
      """
  )

  @Argument(help: ArgumentHelp("The script, or the folder of evidence.", valueName: "file|dir"))
  var path: String

  @Option(
    help: ArgumentHelp("The backend to play it on (default: the one recorded).", valueName: "name")
  )
  var backend: String?

  @OptionGroup var play: PlayOptions

  func run() throws {
    let evidence = try CommandFailure.badInput { () throws(InputFileError) in
      try Evidence.load(path, objection: Playlist.objection(to:))
    }
    guard let name = backend ?? evidence.backend else {
      throw CommandFailure(.usage, "\(path) does not tell its backend; name one with --backend")
    }
    let playlist = Playlist([Playlist.named(evidence.script, path)])
    var session = try Session(
      try KnownBackends.backend(name),
      playlist.requirements.map { Suite.Selected($0) },
      play,
      recordedProfile: evidence.profile
    )
    session.playlist = playlist
    // Only there does the command that a failure tells play it again just so.
    session.replayed = evidence.backend == name ? path : nil
    try session.run()
  }
}

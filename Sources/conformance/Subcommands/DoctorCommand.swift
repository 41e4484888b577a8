internal import ArgumentParser
internal import BackendConformance

/// The command `conformance doctor`.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tells what this machine can run, and what is missing.",
    discussion: """
      Each line is something a real backend needs, whether it is there, and if not, the command that \
      mends it. The simulated backends need none of it.

      With --backend the status is the one with which a run on that backend would be refused.
      """
  )

  @Option(
    help: ArgumentHelp("The backend that is to be run.", valueName: "name")
  )
  var backend: String?

  // What a doctor's own child process does: whether it works cannot be told without trying.
  @Flag(help: .hidden)
  var tryPrivateNetwork = false

  func run() throws {
    guard !tryPrivateNetwork else {
      let isUser = NamespacePermission.needsUserNamespace
      return try PrivateNetwork.enter(withUserNamespace: isUser)
    }
    let backend = try backend.map(KnownBackends.backend)
    let checks = backend.map(HealthCheck.all) ?? HealthCheck.all
    try StandardOutput.write(HealthTable(checks).text)
    if backend != nil, let failure = checks.compactMap(\.failure).first {
      throw ExitCode(failure.status.rawValue)
    }
  }
}

internal import ArgumentParser
internal import BackendConformance

/// The command: a thin skin over the library.
struct Conformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Tells whether a virtual-network backend does what it must.",
    discussion: """
      A backend moves Ethernet frames between a virtual machine and its host. Each scenario holds \
      it to one sentence and cites where that sentence comes from.

      Begin with a backend in memory, which needs no privilege:
        conformance run --backend sim:tap

      Then the real thing, in a network of its own:
        conformance doctor
        conformance run --backend tap0

      EXIT STATUS:
        0    everything accounted for, nothing unexpected
        1    a scenario failed
        2    none failed, but a MUST was inconclusive
        3    a known-failure entry is stale or expired, or passed
        4    nothing ran, or only skips
        64   wrong usage
        66   an input file is missing or malformed
        69   the backend is not available here
        70   a fault in the suite itself
        77   not permitted
        130  interrupted; 143 terminated; what was written is valid
      """,
    version: Suite.version,
    subcommands: [
      RunCommand.self, ListCommand.self, ExplainCommand.self, ReplayCommand.self,
      DoctorCommand.self, ExplainRingCommand.self, SchemaCommand.self,
    ]
  )

  /// Carries out a command line and returns the status to end with.
  static func run(_ arguments: [String]) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
      return ExitStatus.success.rawValue
    } catch {
      return conclude(error)
    }
  }

  /// Says what went wrong, if anything did, and returns the status for it.
  private static func conclude(_ error: any Error) -> Int32 {
    if let failure = error as? CommandFailure {
      StandardError.note(failure.message)
      return failure.status.rawValue
    }
    if let code = error as? ExitCode { return code.rawValue }
    let code = exitCode(for: error)
    guard code.isSuccess else {
      StandardError.note("\(message(for: error)); 'conformance help' tells what there is")
      return code.rawValue
    }
    return show(fullMessage(for: error))
  }

  /// Shows help, or the version.
  private static func show(_ text: String) -> Int32 {
    do throws(CommandFailure) {
      try StandardOutput.write(text.hasSuffix("\n") ? text : text + "\n")
      return ExitStatus.success.rawValue
    } catch {
      StandardError.note(error.message)
      return error.status.rawValue
    }
  }
}

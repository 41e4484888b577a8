internal import BackendConformance

/// Why a command cannot be carried out, in a sentence, and the status to end with.
struct CommandFailure: Error, Equatable {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}

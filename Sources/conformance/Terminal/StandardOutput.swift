internal import BackendConformance
internal import Glibc
internal import SystemPackage

/// Where results go.
enum StandardOutput {
  /// Whether a person reads along.
  static var isTerminal: Bool { FileDescriptor.standardOutput.isTerminal }

  /// Writes text as it is.
  ///
  /// A reader that went away counts as having read enough.
  static func write(_ text: String) throws(CommandFailure) {
    guard FileDescriptor.standardOutput.take(text) else {
      throw CommandFailure(
        .suiteFault,
        "standard output was not written: \(Errno(rawValue: errno))"
      )
    }
  }
}

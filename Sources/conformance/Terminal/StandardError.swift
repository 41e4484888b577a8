internal import SystemPackage

/// Where notes and progress go.
enum StandardError {
  /// Whether a person reads along.
  static var isTerminal: Bool { FileDescriptor.standardError.isTerminal }

  /// Writes text as it is.
  static func write(_ text: String) { _ = FileDescriptor.standardError.take(text) }

  /// Writes a sentence, with the command's name in front.
  static func note(_ sentence: String) { write("conformance: \(sentence)\n") }
}

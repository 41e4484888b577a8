internal import SystemPackage

/// Where notes and progress go.
enum StandardError {
  /// Whether a person reads along.
  static var isTerminal: Bool { FileDescriptor.standardError.isTerminal }

  /// Writes text as it is.
  static func write(_ text: String) { _ = FileDescriptor.standardError.take(text) }

  /// Writes a sentence, with the command's name in front.
  static func note(_ sentence: String) { write("\(prefix)\(sentence)\n") }

  /// The sentence of a note that another process of this command has written.
  static func sentence(of note: String) -> String {
    let text = note.hasPrefix(prefix) ? note.dropFirst(prefix.count) : note[...]
    return String(text.prefix { $0 != "\n" })
  }

  private static let prefix = "conformance: "
}

internal import BackendConformance

/// What a misspelled word may have meant.
enum Suggestion {
  /// A question in parentheses, such as ` (did you mean 'sim:tap'?)`, or nothing.
  static func question(_ word: String, _ known: some Sequence<String>) -> String {
    Spelling.suggestion(for: word, among: known).map { " (did you mean '\($0)'?)" } ?? ""
  }
}

/// Why scenarios cannot be chosen as asked; a wrong use of the command.
public enum SelectionError: Error, Equatable, Sendable {
  /// The pattern matches no requirement; these slugs are near.
  case matchesNothing(String, near: [String])
  /// The word before the colon is not one of these.
  case unknownKey(String, known: [String])
  /// The word after the colon is not one of these.
  case unknownValue(String, known: [String])
  /// The shard is not of the form `2/8`, or its number is not among its count.
  case invalidShard(String)
  /// A file of patterns cannot be read.
  case file(InputFileError)
}

extension SelectionError: CustomStringConvertible {
  /// One line: what is wrong, and what there is instead.
  public var description: String {
    switch self {
    case .matchesNothing(let pattern, let near):
      "\(Notation.quoted(pattern)) matches no scenario" + Self.suggestion(near)
    case .unknownKey(let word, let known), .unknownValue(let word, let known):
      "\(Notation.quoted(word)) is not one of " + known.joined(separator: ", ")
        + Spelling.question(for: word, among: known)
    case .invalidShard(let text):
      "\(Notation.quoted(text)) is not a shard such as 2/8, counted from 1"
    case .file(let error): error.description
    }
  }

  private static func suggestion(_ near: [String]) -> String {
    near.isEmpty ? "" : "; did you mean " + near.joined(separator: " or ") + "?"
  }
}

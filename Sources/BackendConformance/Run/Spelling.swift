/// Suggestions for words that were probably misspelled.
package enum Spelling {
  /// The known word that is one edit away from `word`, or differs only in case.
  package static func suggestion(for word: String, among known: some Sequence<String>) -> String? {
    known.first { $0.lowercased() == word.lowercased() || isOneEdit(Array(word), Array($0)) }
  }

  /// A question such as `; did you mean "send"?`, or nothing.
  package static func question(for word: String, among known: some Sequence<String>) -> String {
    suggestion(for: word, among: known).map { "; did you mean \(Notation.quoted($0))?" } ?? ""
  }

  /// Whether inserting, deleting, replacing or swapping adjacent characters once makes them equal.
  private static func isOneEdit(_ left: [Character], _ right: [Character]) -> Bool {
    guard abs(left.count - right.count) <= 1 else { return false }
    let start = zip(left, right).prefix { $0 == $1 }.count
    let (restLeft, restRight) = (left[start...], right[start...])
    return restLeft.dropFirst().elementsEqual(restRight.dropFirst())
      || restLeft.dropFirst().elementsEqual(restRight)
      || restLeft.elementsEqual(restRight.dropFirst())
      || restLeft.prefix(2).reversed() + restLeft.dropFirst(2) == Array(restRight)
  }
}

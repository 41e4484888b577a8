/// Text broken into lines.
enum Paragraph {
  /// The lines of a text, none longer than `width` characters unless a single word is.
  static func lines(_ text: String, width: Int) -> [String] {
    text.split(separator: " ").reduce(into: []) { lines, word in
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }
}

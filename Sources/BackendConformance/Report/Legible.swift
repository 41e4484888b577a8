extension String {
  /// The same text with every control character, and every scalar that XML does not allow, written
  /// as an escape: it stays on its line, and cannot command a terminal.
  var legible: String {
    guard unicodeScalars.contains(where: \.isIllegible) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isIllegible {
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isIllegible: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F: true
    case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}

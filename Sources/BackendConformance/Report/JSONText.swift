import FoundationEssentials

/// JSON as reports write it: keys sorted, slashes as they are.
enum JSONText {
  /// A value on one line, or indented.
  static func encode(_ value: some Encodable, indented: Bool = false) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if indented { encoder.outputFormatting.insert(.prettyPrinted) }
    // Numbers that JSON lacks would be the one thing to fail; say so in words instead.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinity",
      negativeInfinity: "-infinity",
      nan: "nan"
    )
    guard let data = try? encoder.encode(value) else { return "null" }
    return String(decoding: data, as: UTF8.self)
  }
}

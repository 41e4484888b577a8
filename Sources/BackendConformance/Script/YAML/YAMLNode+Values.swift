import Yams

extension YAMLNode {
  /// The text that stands here, whatever it looks like.
  func text(_ expected: String = "text") throws(InputFileError) -> String {
    guard !isNull, case .scalar(let scalar) = node else { throw refused(expected) }
    return scalar.string
  }

  /// The text that stands here, or nothing.
  func textOrNothing() throws(InputFileError) -> String? {
    isNull ? nil : try text("text or nothing")
  }

  /// The whole number that stands here, in base 10, or in base 16 after `0x`.
  func integer<Number: FixedWidthInteger>(
    in range: ClosedRange<Number> = Number.min...Number.max
  ) throws(InputFileError) -> Number {
    let all = range == Number.min...Number.max
    let bounds = all ? "" : " from \(range.lowerBound) to \(range.upperBound)"
    let text = try text("a whole number" + bounds)
    let hexadecimal = text.hasPrefix("0x") ? Number(text.dropFirst(2), radix: 16) : nil
    guard let number = Number(text) ?? hexadecimal, range.contains(number) else {
      throw refused("a whole number" + bounds)
    }
    return number
  }

  /// Whether `true` or `false` stands here.
  func flag() throws(InputFileError) -> Bool {
    switch try text("true or false") {
    case "true": return true
    case "false": return false
    default: throw refused("true or false")
    }
  }

  /// The bytes that stand here in base 16.
  func bytes() throws(InputFileError) -> [UInt8] {
    let expected = "bytes as pairs of hexadecimal digits"
    guard let bytes = Hexadecimal.bytes(try text(expected)) else { throw refused(expected) }
    return bytes
  }

  /// The word that stands here, one of those that `Word` has.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ type: Word.Type
  ) throws(InputFileError) -> Word {
    let known = Word.allCases.map(\.rawValue)
    let expected = known.joined(separator: " or ")
    let text = try text(expected)
    guard let word = Word(rawValue: text) else {
      let question = Spelling.question(for: text, among: known)
      throw refused(expected, found: Notation.quoted(text) + question)
    }
    return word
  }

  /// The items of the list that stands here, each read by `read`.
  func list<Item>(
    _ read: (YAMLNode) throws(InputFileError) -> Item
  ) throws(InputFileError) -> [Item] {
    guard case .sequence(let nodes) = node else { throw refused("a list") }
    var items: [Item] = []
    for node in nodes { items.append(try read(YAMLNode(node: node, file: file))) }
    return items
  }

  /// The items of the list that stands here, or the one item that stands here without a list.
  func oneOrMore<Item>(
    _ read: (YAMLNode) throws(InputFileError) -> Item
  ) throws(InputFileError) -> [Item] {
    guard case .sequence = node else { return [try read(self)] }
    return try list(read)
  }
}

import Yams

extension YAMLNode {
  /// The texts of the list that stands here.
  func texts() throws(InputFileError) -> [String] {
    try list { node throws(InputFileError) in try node.text() }
  }

  /// The lengths in bytes of the list that stands here.
  func lengths() throws(InputFileError) -> [UInt] {
    try list { node throws(InputFileError) in try node.integer() }
  }

  /// The numbers by name of the mapping that stands here, whatever its keys.
  func numbers() throws(InputFileError) -> [String: Int] {
    guard case .mapping(let pairs) = node else { throw refused("a mapping") }
    var numbers: [String: Int] = [:]
    for (key, value) in pairs {
      let name = try YAMLNode(node: key, file: file).text("a name")
      numbers[name] = try YAMLNode(node: value, file: file).integer()
    }
    return numbers
  }

  /// The texts by name of the mapping that stands here, whatever its keys; `nil` for nothing.
  func textsOrNothing() throws(InputFileError) -> [String: String?] {
    guard case .mapping(let pairs) = node else { throw refused("a mapping") }
    var texts: [String: String?] = [:]
    for (key, value) in pairs {
      let name = try YAMLNode(node: key, file: file).text("a name")
      texts.updateValue(try YAMLNode(node: value, file: file).textOrNothing(), forKey: name)
    }
    return texts
  }

  /// The bounds that stand here: one number, or a mapping of `from` and, unless open, `to`.
  func range<Bound: FixedWidthInteger>() throws(InputFileError) -> ClosedRange<Bound> {
    guard case .mapping = node else {
      let number: Bound = try integer()
      return number...number
    }
    let fields = try YAMLFields(self, known: ["from", "to"])
    let low: Bound = try fields.required("from").integer()
    return low...(try fields["to"]?.integer(in: low...Bound.max) ?? Bound.max)
  }
}

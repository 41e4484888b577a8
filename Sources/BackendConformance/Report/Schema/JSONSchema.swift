/// A JSON Schema, as far as the suite's forms need it.
indirect enum JSONSchema: Encodable, Sendable {
  /// Anything.
  case any
  /// A value of a type of JSON.
  case type(String)
  /// One of these words.
  case words([String])
  /// One value only.
  case number(Int)
  /// A list.
  case list(JSONSchema)
  /// A mapping whose keys are free.
  case map(JSONSchema)
  /// A mapping with these keys and no others; those that are named must be there.
  case object([String: JSONSchema], required: [String])
  /// One of several.
  case oneOf([JSONSchema])
  /// A definition of the same document.
  case reference(String)

  static let text = JSONSchema.type("string")
  static let integer = JSONSchema.type("integer")
  static let decimal = JSONSchema.type("number")

  private enum CodingKeys: String, CodingKey {
    case type, items, properties, required, additionalProperties, oneOf
    case constant = "const"
    case enumeration = "enum"
    case reference = "$ref"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .any: break
    case .type(let name): try container.encode(name, forKey: .type)
    case .words(let words): try container.encode(words, forKey: .enumeration)
    case .number(let number): try container.encode(number, forKey: .constant)
    case .oneOf(let schemas): try container.encode(schemas, forKey: .oneOf)
    case .reference(let name): try container.encode("#/$defs/\(name)", forKey: .reference)
    case .list(let items):
      try container.encode("array", forKey: .type)
      try container.encode(items, forKey: .items)
    case .map(let values):
      try container.encode("object", forKey: .type)
      try container.encode(values, forKey: .additionalProperties)
    case .object(let properties, let required):
      try container.encode("object", forKey: .type)
      try container.encode(properties, forKey: .properties)
      try container.encode(required.sorted(), forKey: .required)
      try container.encode(false, forKey: .additionalProperties)
    }
  }

  /// A mapping all of whose keys must be there, but for the optional ones.
  static func object(
    _ properties: [String: JSONSchema],
    optional: [String: JSONSchema] = [:]
  ) -> JSONSchema {
    .object(
      properties.merging(optional) { first, _ in first },
      required: Array(properties.keys)
    )
  }
}

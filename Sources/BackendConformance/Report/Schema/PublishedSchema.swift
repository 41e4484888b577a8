/// The JSON Schemas that are published, each for a form that programs write or read.
public enum PublishedSchema: String, CaseIterable, Sendable {
  /// A line of the event log.
  case event
  /// A script file.
  case fixture
  /// The report in one JSON document.
  case report

  /// The schema as a JSON document.
  public var text: String {
    let schema = schema
    let document = Document(title: title, body: schema.body, definitions: schema.definitions)
    return JSONText.encode(document, indented: true) + "\n"
  }

  private var title: String {
    switch self {
    case .event: "A line of the event log, version \(Event.schema)"
    case .fixture: "A script file, version \(Script.schema)"
    case .report: "A report of a run, version \(Event.schema)"
    }
  }

  private var schema: (body: JSONSchema, definitions: [String: JSONSchema]) {
    switch self {
    case .event: (EventSchema.line, [:])
    case .fixture: (FixtureSchema.script, FixtureSchema.definitions)
    case .report: (EventSchema.report, [:])
    }
  }

  private struct Document: Encodable {
    let title: String
    let body: JSONSchema
    let definitions: [String: JSONSchema]

    private enum CodingKeys: String, CodingKey {
      case dialect = "$schema"
      case definitions = "$defs"
      case title
    }

    func encode(to encoder: any Encoder) throws {
      try body.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode("https://json-schema.org/draft/2020-12/schema", forKey: .dialect)
      try container.encode(title, forKey: .title)
      if !definitions.isEmpty { try container.encode(definitions, forKey: .definitions) }
    }
  }
}

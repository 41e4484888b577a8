import BackendConformance
import FoundationEssentials
import Testing

@Suite("Published schemas")
struct SchemaTests {
  /// A schema as a reader of JSON sees it.
  final class Schema: Decodable, Sendable {
    let oneOf: [Schema]?
    let items: Schema?
    let properties: [String: Schema]?
    let required: [String]?
    let enumeration: [String]?

    private enum CodingKeys: String, CodingKey {
      case oneOf, items, properties, required
      case enumeration = "enum"
    }
  }

  /// A value of JSON.
  indirect enum Value: Decodable {
    case text(String)
    case object([String: Value])
    case list([Value])
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let object = try? container.decode([String: Value].self) {
        self = .object(object)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else {
        self = (try? container.decode(String.self)).map(Value.text) ?? .other
      }
    }

    /// Whether every key is known to the schema, every required one there, every word allowed.
    func fits(_ schema: Schema) -> Bool {
      if let schemas = schema.oneOf { return schemas.filter(fits).count == 1 }
      switch self {
      case .object(let object):
        guard let properties = schema.properties else { return true }
        return Set(schema.required ?? []).isSubset(of: object.keys)
          && object.allSatisfy { key, value in properties[key].map(value.fits) ?? false }
      case .list(let values):
        return values.allSatisfy { value in schema.items.map(value.fits) ?? true }
      case .text(let text): return schema.enumeration?.contains(text) ?? true
      case .other: return true
      }
    }
  }

  private func schema(_ published: PublishedSchema) throws -> Schema {
    try JSONDecoder().decode(Schema.self, from: Data(published.text.utf8))
  }

  @Test("Every line of the event log fits the schema in exactly one way")
  func events() throws {
    let schema = try schema(.event)
    let log = EventsReport.render(ReportSample.events, as: EventsReport())
    for line in log.split(separator: "\n") {
      let value = try JSONDecoder().decode(Value.self, from: Data(line.utf8))
      #expect(value.fits(schema), "\(line)")
    }
  }

  @Test("The report fits the schema, also of a run that did not end")
  func report() throws {
    let schema = try schema(.report)
    for events in [ReportSample.events, [], ReportSample.events.dropLast(1)] {
      let text = JSONReport.render(events, as: JSONReport())
      let value = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
      #expect(value.fits(schema), "\(text)")
    }
  }

  @Test("An object with a key too many, or too few, does not fit")
  func misfit() throws {
    let schema = try schema(.event)
    for text in [#"{"schema":1,"time":0,"kind":"run.end","exit":0}"#, #"{"kind":"nothing"}"#] {
      let value = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
      #expect(!value.fits(schema))
    }
  }

  @Test("The schema of script files knows the key of every action")
  func fixture() {
    var generator = ScriptGenerator(seed: 1)
    let text = PublishedSchema.fixture.text
    for _ in 0..<300 {
      let word = generator.action(depth: 1).word
      #expect(text.contains("\"\(word)\" : "), "\(word)")
    }
  }
}

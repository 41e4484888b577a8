internal import ArgumentParser
internal import BackendConformance

/// The command `conformance schema`.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Shows the JSON Schemas of what programs read and write.",
    discussion: """
      'event' is a line of the event log, 'fixture' a script as YAML, 'report' the report in one \
      JSON document.

        conformance schema fixture > fixture.schema.json
      """
  )

  @Argument(help: ArgumentHelp("The schema to show; all of them without.", valueName: "name"))
  var name: String?

  func run() throws {
    for schema in try chosen() { try StandardOutput.write(schema.text) }
  }

  private func chosen() throws(CommandFailure) -> [PublishedSchema] {
    guard let name else { return PublishedSchema.allCases }
    if let schema = PublishedSchema(rawValue: name) { return [schema] }
    let known = PublishedSchema.allCases.map(\.rawValue)
    throw CommandFailure(
      .usage,
      "unknown schema '\(name)'\(Suggestion.question(name, known)); "
        + "known are \(known.joined(separator: ", "))"
    )
  }
}

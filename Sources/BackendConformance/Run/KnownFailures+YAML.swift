import Yams

extension KnownFailures {
  /// Reads the file at `path`.
  public static func load(_ path: String) throws(InputFileError) -> KnownFailures {
    try KnownFailures(yaml: try InputFile.text(path), file: path)
  }

  /// Reads a list from its YAML form.
  ///
  /// - Parameter file: The path that errors name.
  public init(yaml text: String, file: String) throws(InputFileError) {
    let root = try YAMLNode.root(of: text, file: file)
    let fields = try YAMLFields(root, known: ["schema", "knownFailures"])
    let schema = try fields.required("schema")
    guard try schema.integer() == Self.schema else { throw schema.refused("schema \(Self.schema)") }
    self.init(try fields.required("knownFailures").list(KnownFailure.init(node:)))
  }

  /// The list in its YAML form, which reads back as an equal list.
  public var yaml: String {
    let root = Node.block([
      ("schema", .number(Self.schema)), ("knownFailures", .lines(entries.map(\.node))),
    ])
    // Serializing can only fail for want of memory: every node is of a kind the emitter knows.
    return (try? Yams.serialize(node: root, allowUnicode: true)) ?? ""
  }
}

extension KnownFailure {
  fileprivate init(node: YAMLNode) throws(InputFileError) {
    let fields = try YAMLFields(node, known: ["slug", "backend", "step", "reason", "until"])
    self.init(
      slug: try fields.required("slug").text(),
      backend: try fields["backend"]?.text(),
      step: try fields.required("step").integer(in: 1...Int.max),
      reason: try fields.required("reason").text(),
      until: try fields["until"]?.date()
    )
  }

  fileprivate var node: Node {
    .block([
      ("slug", .text(slug)), ("backend", backend.map(Node.text)), ("step", .number(step)),
      ("reason", .text(reason)), ("until", until.map { .text($0.description) }),
    ])
  }
}

extension YAMLNode {
  fileprivate func date() throws(InputFileError) -> CalendarDate {
    let expected = "a date such as 2027-01-31"
    guard let date = CalendarDate(try text(expected)) else { throw refused(expected) }
    return date
  }
}

extension Script {
  /// Reads a script from its YAML form.
  ///
  /// - Parameters:
  ///   - file: The path that errors name.
  ///   - objection: What is expected in place of a requirement, given its slug; `nil` if it will do.
  public init(
    yaml text: String,
    file: String,
    objection: (String) -> String? = { _ in nil }
  ) throws(InputFileError) {
    let known = ["schema", "requirement", "case", "bench", "profile", "steps"]
    let fields = try YAMLFields(try YAMLNode.root(of: text, file: file), known: known)
    let schema = try fields.required("schema")
    guard try schema.integer() == Self.schema else { throw schema.refused("schema \(Self.schema)") }
    self.init(
      requirement: try fields.value("requirement", or: "") { node throws(InputFileError) in
        let slug = try node.text()
        if let expected = objection(slug) { throw node.refused(expected) }
        return slug
      },
      name: try fields.required("case").text(),
      bench: try fields.value("bench", or: BenchOptions(), BenchOptions.init(node:)),
      profile: try fields["profile"]?.text(),
      steps: try fields.required("steps").list(Step.init(node:))
    )
  }
}

extension BenchOptions {
  init(node: YAMLNode) throws(InputFileError) {
    let fields = try YAMLFields(node, known: ["families", "options"])
    let families = try fields.value("families", or: []) { node throws(InputFileError) in
      try node.list { node throws(InputFileError) in try node.text() }
    }
    let options = try fields.value("options", or: [:]) { node throws(InputFileError) in
      try node.numbers()
    }
    self.init(families: families, options: options)
  }
}

extension Step {
  init(node: YAMLNode) throws(InputFileError) {
    let known = Action.words + ["backend", "expect", "choice", "precondition"]
    let fields = try YAMLFields(node, known: known)
    let (word, value) = try fields.only(of: Action.words, "action")
    let action = try Action(word: word, node: value)
    self.init(
      action,
      backend: try fields.value("backend", or: 0) { node throws(InputFileError) in
        try node.integer(in: 0...255)
      },
      allowed: try Self.allowed(action, fields),
      choice: try fields["choice"]?.text()
    )
    isPrecondition = try fields["precondition"]?.flag() ?? false
  }

  private static func allowed(
    _ action: Action,
    _ fields: YAMLFields
  ) throws(InputFileError) -> [Outcome] {
    if fields["expect"] == nil, let usual = action.usualOutcome { return [usual] }
    let node = try fields.required("expect")
    let outcomes = try node.oneOrMore(Outcome.init(node:))
    guard !outcomes.isEmpty else { throw node.refused("at least one outcome", found: "none") }
    return outcomes
  }
}

internal import BackendConformance

/// The requirements of a run, and the scripts that are played for each.
struct Playlist {
  /// The requirements, in the order they are played.
  let requirements: [Requirement]
  private let scripts: [String: [Script]]?
  /// The section of scripts that belong to no requirement of the catalogue.
  private static let ownSection = "fixture/"

  /// The catalogue with its own scripts.
  init() {
    requirements = Catalogue.all
    scripts = nil
  }

  /// The scripts that a directory holds, each under the requirement it belongs to.
  init(fixtures directory: String) throws(CommandFailure) {
    let loaded = try CommandFailure.badInput { () throws(InputFileError) in
      try ScriptFile.paths(in: directory).map { path throws(InputFileError) in
        try Self.load(path)
      }
    }
    guard !loaded.isEmpty else {
      throw CommandFailure(.badInput, "\(directory): expected YAML files, found none")
    }
    self.init(loaded)
  }

  /// Scripts that were loaded, each under the requirement it belongs to.
  init(_ loaded: [Script]) {
    let groups = Dictionary(grouping: loaded, by: \.requirement)
    let known = Catalogue.all.filter { groups[$0.slug] != nil }
    let own = groups.keys.filter { Catalogue.requirement($0) == nil }.sorted()
    requirements = known + own.map(Requirement.init(ofFixture:))
    scripts = groups
  }

  /// The scripts to play for a requirement; `nil` for its own.
  func scripts(for requirement: Requirement) -> [Script]? {
    scripts.map { $0[requirement.slug] ?? [] }
  }

  /// Whether a slug is that of a script which belongs to no requirement of the catalogue.
  static func isOwn(_ slug: String) -> Bool { slug.hasPrefix(ownSection) }

  /// Reads a script; one that names no requirement is named after its file.
  static func load(_ path: String) throws(InputFileError) -> Script {
    named(try ScriptFile.load(path, objection: objection(to:)), path)
  }

  /// The script, under the requirement that it names, or under a name of its own.
  static func named(_ script: Script, _ path: String) -> Script {
    guard script.requirement.isEmpty else { return script }
    var script = script
    let file = path.split(separator: "/").last.map(String.init) ?? path
    script.requirement = ownSection + file.prefix { $0 != "." }
    return script
  }

  /// What is expected in place of a slug that is no requirement's.
  static func objection(to slug: String) -> String? {
    guard !slug.isEmpty, Catalogue.requirement(slug) == nil, !isOwn(slug) else { return nil }
    let question = Suggestion.question(slug, Catalogue.all.map(\.slug))
    return "a requirement of the catalogue, or none\(question)"
  }
}

extension Requirement {
  /// What a script that belongs to no requirement is reported under.
  init(ofFixture slug: String) {
    self.init(
      slug,
      .must,
      "what the script says, step by step, is what the backend does",
      because: "somebody kept the script",
      sources: ["a fixture"],
      cases: {}
    )
  }
}

internal import BackendConformance
internal import Mutants

/// The registry: every backend that can be named.
enum KnownBackends {
  /// All entries, in the order they are listed; a new family is a line here.
  static let entries =
    SimulatedBackends.entries + DeviceBackends.entries + NetmapBackends.entries
    + SeedBackends.entries + [MutantBackends.entry]

  /// The backend that a name selects.
  static func backend(_ text: String) throws(CommandFailure) -> SelectedBackend {
    let name = try BackendName(text)
    guard let entry = entries.first(where: { $0.matches(name.base) }) else {
      throw unknown(name.base)
    }
    try entry.check(name)
    return try entry.resolve(name)
  }

  /// One line an entry, indented, for help texts.
  static var overview: String {
    let width = entries.map(\.placeholder.count).max() ?? 0
    return entries.map { "  \($0.placeholder.padded(to: width))  \($0.summary)" }
      .joined(separator: "\n")
  }

  private static func unknown(_ base: String) -> CommandFailure {
    let known = entries.map(\.placeholder).joined(separator: ", ")
    return CommandFailure(
      .usage,
      "unknown backend '\(base)'\(Suggestion.question(base, suggestible(for: base))); known are \(known)"
    )
  }

  /// The names that a misspelled one may have meant.
  private static func suggestible(for base: String) -> [String] {
    entries.flatMap { entry in
      switch entry.form {
      case .exact: [entry.name]
      case .interface: (0...9).map { "\(entry.name)\($0)" }
      case .port: NetmapBackends.names(like: base, of: entry)
      case .mutant: Mutants.all.map { entry.name + $0.name }
      }
    }
  }
}

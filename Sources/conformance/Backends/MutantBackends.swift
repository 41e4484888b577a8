internal import BackendConformance
internal import Mutants

/// The backends that are wrong in exactly one way.
enum MutantBackends {
  static let entry = BackendEntry(
    name: "mutant:",
    form: .mutant,
    summary: "a backend that is wrong in one way"
  ) { name throws(CommandFailure) in
    SelectedBackend(name.text, [try mutant(name.base).factory])
  }

  private static func mutant(_ base: String) throws(CommandFailure) -> Mutant {
    let name = String(base.dropFirst(entry.name.count))
    if let mutant = Mutants.named(name) { return mutant }
    let known = Mutants.all.map(\.name).sorted()
    throw CommandFailure(
      .usage,
      "unknown mutant '\(name)'\(Suggestion.question(name, known)); "
        + "known are \(known.joined(separator: ", "))"
    )
  }
}

/// Every mutant that is known.
public enum Mutants {
  /// All mutants, family by family.
  public static let all: [Mutant] = receiving

  static let receiving = [
    Mutant(
      tap: "tap.truncates-short-buffer",
      breaks: "receive/short-buffer-is-reported",
      observed: "59 bytes",
      backend: TruncatesShortBuffer.self
    )
  ]

  /// The slugs of the requirements that at least one mutant fails.
  public static let provenSlugs = Set(all.map(\.breaks))

  /// The mutant with that name, if there is one.
  public static func named(_ name: String) -> Mutant? { all.first { $0.name == name } }
}

/// Which scenarios of the catalogue are played, and which of them are skipped.
public struct Selection: Sendable {
  private let included: [SelectionPattern]
  private let skipped: [SelectionPattern]
  private let shard: Shard?

  /// Reads the arguments that choose scenarios, and checks that each matches something.
  ///
  /// - Parameters:
  ///   - patterns: Slug patterns, `level:must`, `family:tap` and `@FILE`; none chooses all.
  ///   - skip: The same, for what is counted as skipped and not played.
  public init(
    _ patterns: [String],
    skip: [String] = [],
    shard: Shard? = nil,
    among catalogue: [Requirement] = Catalogue.all
  ) throws(SelectionError) {
    included = try Self.read(patterns, among: catalogue)
    skipped = try Self.read(skip, among: catalogue)
    self.shard = shard
  }

  /// The chosen requirements, in their order, with whether each is to be skipped.
  public func selected(among catalogue: [Requirement] = Catalogue.all) -> [Suite.Selected] {
    catalogue.filter(isIncluded).map { requirement in
      Suite.Selected(requirement, isSkipped: skipped.contains { $0.matches(requirement) })
    }
  }

  private func isIncluded(_ requirement: Requirement) -> Bool {
    let isChosen = included.isEmpty || included.contains { $0.matches(requirement) }
    return isChosen && shard?.contains(requirement.slug) ?? true
  }

  private static func read(
    _ arguments: [String],
    among catalogue: [Requirement]
  ) throws(SelectionError) -> [SelectionPattern] {
    var patterns: [SelectionPattern] = []
    for text in try expand(arguments) {
      let pattern = try SelectionPattern(text)
      guard catalogue.contains(where: pattern.matches) else {
        throw .matchesNothing(text, near: near(text, catalogue.map(\.slug)))
      }
      patterns.append(pattern)
    }
    return patterns
  }

  /// The arguments, each `@FILE` replaced by the lines of the file but for comments and empty ones.
  private static func expand(_ arguments: [String]) throws(SelectionError) -> [String] {
    var texts: [String] = []
    for argument in arguments {
      guard argument.hasPrefix("@") else {
        texts.append(argument)
        continue
      }
      texts += try lines(String(argument.dropFirst()))
    }
    return texts
  }

  private static func lines(_ path: String) throws(SelectionError) -> [String] {
    do {
      return try InputFile.text(path).split(whereSeparator: \.isNewline)
        .map { String($0.prefix { $0 != "#" }.filter { !$0.isWhitespace }) }
        .filter { !$0.isEmpty }
    } catch {
      throw .file(error)
    }
  }

  /// Slugs one edit away, then those that end alike or contain the text; three at most.
  private static func near(_ text: String, _ slugs: [String]) -> [String] {
    if let slug = Spelling.suggestion(for: text, among: slugs) { return [slug] }
    let word = text.split(separator: "/").last.map { $0.filter { $0 != "*" } } ?? ""
    guard !word.isEmpty else { return [] }
    return Array(slugs.filter { $0.contains(word) }.prefix(3))
  }
}

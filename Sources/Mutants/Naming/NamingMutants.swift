internal import NetBackend
internal import Tap

/// Backends and registries that take names for what they are not.
enum NamingMutants {
  static let all = selecting + opening

  private static let selecting = [
    Mutant(
      tap: "tap.selects-by-first-letter",
      breaks: "names/prefix-selects-kind",
      observed: "opened as vale",
      select: { name, prefixes throws(BackendError) in
        try first(of: prefixes.sorted(), for: name) { $0.first == name.first }
      }
    ),
    Mutant(
      tap: "tap.falls-back-to-first-kind",
      breaks: "names/unknown-prefix-is-refused",
      observed: "opened as tap",
      select: { name, prefixes throws(BackendError) in
        do throws(BackendError) { return try selected(name, prefixes) } catch {
          return try first(of: prefixes, for: name) { _ in true }
        }
      }
    ),
    Mutant(
      tap: "tap.compares-bare-prefix",
      breaks: "names/longer-words-are-not-matched",
      observed: "opened as tap",
      select: { name, prefixes throws(BackendError) in
        try first(of: prefixes, for: name) { name.hasPrefix($0) }
      }
    ),
    Mutant(
      tap: "tap.takes-first-match",
      breaks: "names/longest-prefix-wins",
      observed: "opened as tap",
      select: { name, prefixes throws(BackendError) in
        try first(of: prefixes, for: name) { prefix in
          name.hasPrefix(prefix) && name.dropFirst(prefix.count).first?.isLetter != true
        }
      }
    ),
    Mutant(
      tap: "tap.accepts-bare-prefix",
      breaks: "names/bare-prefix-is-refused",
      observed: "opened as tap",
      select: { name, prefixes throws(BackendError) in
        prefixes.contains(name) ? name : try selected(name, prefixes)
      }
    ),
  ]

  private static let opening = [
    renaming("tap.cuts-long-name", breaks: "names/long-name-is-refused", observed: "opened") {
      String($0.prefix(InterfaceName.maximumLength))
    },
    renaming(
      "tap.opens-last-path-component",
      breaks: "names/forbidden-characters-are-refused",
      observed: "opened"
    ) { name in name.split(separator: "/").last.map(String.init) ?? name },
    renaming(
      "tap.keeps-one-digit-of-name",
      breaks: "names/whole-name-is-used",
      observed: "busy"
    ) { name in
      guard let digit = name.firstIndex(where: \.isNumber) else { return name }
      return String(name[...digit])
    },
  ]

  private static func renaming(
    _ name: String,
    breaks: String,
    observed: String,
    _ change: @escaping @Sendable (String) -> String
  ) -> Mutant {
    Mutant(tap: name, breaks: breaks, observed: observed) { request, port throws(BackendError) in
      var request = request
      request.name = change(request.name)
      return try TapBackend(request, port: port)
    }
  }

  private static func first(
    of prefixes: [String],
    for name: String,
    _ matches: (String) -> Bool
  ) throws(BackendError) -> String {
    guard let prefix = prefixes.first(where: matches) else {
      throw BackendError(.unknownBackend, call: "open", subject: name)
    }
    return prefix
  }

  /// What the right rule selects.
  private static func selected(
    _ name: String,
    _ prefixes: [String]
  ) throws(BackendError) -> String {
    let kinds = prefixes.map { prefix in
      BackendKind(prefix: prefix) { request throws(BackendError) in
        throw BackendError(.unavailable, call: "open", subject: request.name)
      }
    }
    return try BackendRegistry(kinds).kind(for: name).prefix
  }
}

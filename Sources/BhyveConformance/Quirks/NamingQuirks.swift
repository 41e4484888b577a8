internal import BackendConformance

/// How the seed picks a backend by name, and what it makes of the name.
enum NamingQuirks {
  static let all = [prefix, firstMatch, bareName, nameTruncated, path]

  /// The kind that the first registered prefix selects.
  private static func selected(_ place: Quirk.Place) -> [Outcome]? {
    guard case .select(let name, let prefixes) = place.action else { return nil }
    let first = prefixes.first { name.utf8.starts(with: $0.utf8) }
    return first.map { [Outcome(.opened(kind: $0))] }
  }

  static let prefix = Quirk(
    "Q-PREFIX",
    "the name is compared with as many characters as the prefix has, and what follows is not looked "
      + "at: tapestry is a tap",
    sources: [Source.seed(760...761)],
    rules: [.init("names/longer-words-are-not-matched", allowed: selected)]
  )

  static let firstMatch = Quirk(
    "Q-FIRST-MATCH",
    "the first prefix that fits is taken, in the order in which the linker put them; a longer one "
      + "behind it is never reached",
    sources: [Source.seed(759...771)],
    rules: [.init("names/longest-prefix-wins", allowed: selected)]
  )

  static let bareName = Quirk(
    "Q-BARE-NAME",
    "a prefix with nothing behind it selects its kind, and the tap opens /dev/tap: a new interface "
      + "that nobody configured",
    sources: [Source.seed(216...219), Source.seed(760...761)],
    rules: [
      .init("names/bare-prefix-is-refused", allowed: selected),
      .init("errors/refusals-explain-themselves") { place in
        guard !place.isNetmap else { return nil }
        return place.action == .open(name: "tap", descriptor: nil) ? [.opened] : nil
      },
    ]
  )

  static let nameTruncated = Quirk(
    "Q-NAMETRUNC",
    "the path is put together in 80 bytes and cut there without a word, and no other length is "
      + "looked at: the system is asked for whatever is left of the name",
    sources: [Source.seed(205...205), Source.seed(216...219)],
    rules: [.init("names/long-name-is-refused", allowed: refusedByTheSystem)]
  )

  static let path = Quirk(
    "Q-PATH",
    "the name is put behind /dev/ as it is, up to the first zero byte: no character of it is looked "
      + "at, not even a slash",
    sources: [Source.seed(216...219)],
    families: ["tap"],
    rules: [
      .init("names/forbidden-characters-are-refused") { place in
        guard place.steps.contains(where: { $0.hasZero }) else { return refusedByTheSystem(place) }
        switch place.action {
        case .open: return [.opened]
        case .calls: return [.calls("open", "TUNSETIFF", "F_SETFL", "watch")]
        default: return nil
        }
      }
    ]
  )

  /// The name reaches the system, which refuses it.
  private static func refusedByTheSystem(_ place: Quirk.Place) -> [Outcome]? {
    guard !place.steps.contains(where: { $0.allowed == [.opened] }) else { return nil }
    switch place.action {
    case .open: return [.minusOne]
    case .calls: return [.calls("open", "TUNSETIFF", "close")]
    default: return nil
    }
  }
}

extension Step {
  /// Whether the step opens a name with a zero byte in it, where the name ends for C.
  fileprivate var hasZero: Bool {
    if case .open(let name?, _) = action { name.utf8.contains(0) } else { false }
  }
}

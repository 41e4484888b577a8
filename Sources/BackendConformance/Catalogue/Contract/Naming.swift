internal import NetBackend

/// How a name selects a kind of backend, and what names are refused.
enum Naming {
  static let all = [
    prefixSelectsKind, unknownPrefixIsRefused, longerWordsAreNotMatched, longestPrefixWins,
    barePrefixIsRefused, longNameIsRefused, forbiddenCharactersAreRefused, wholeNameIsUsed,
    kindIsComplete, failureLeavesNoHandle,
  ]

  private static let prefixes = ["tap", "vmnet", "netmap", "vale"]

  /// Every order that begins the list of prefixes elsewhere, and the reverse of each.
  private static let orders = prefixes.indices.flatMap { start in
    let order = Array(prefixes[start...] + prefixes[..<start])
    return [order, order.reversed()]
  }

  static let prefixSelectsKind = Requirement(
    "names/prefix-selects-kind",
    .must,
    "a name that begins with a registered prefix opens a backend of that kind",
    because: "a virtual machine configured for one network silently runs on another",
    sources: [Source.seed(755...771)],
    hint: "a table searched from the wrong end, or a prefix compared with the wrong length"
  ) {
    for (name, kind) in [
      ("tap0", "tap"), ("tap15", "tap"), ("vmnet1", "vmnet"), ("netmap:eth0", "netmap"),
      ("vale0:1", "vale"), ("vale_a:tap0", "vale"),
    ] {
      for order in orders {
        Script("\(name) among \(order.joined(separator: ", "))") {
          Step.select(name, among: order).allowing(Outcome(.opened(kind: kind)))
        }
      }
    }
  }

  static let unknownPrefixIsRefused = Requirement(
    "names/unknown-prefix-is-refused",
    .must,
    "a name that no registered prefix begins is refused",
    because:
      "a mistyped name that falls back to some default gives the guest a network nobody chose",
    sources: [Source.seed(773...775)],
    hint: "a default kind, or a comparison that ignores case or leading white space"
  ) {
    for name in ["foo0", "eth0", "ta", "t", "TAP0", "Vmnet0", " tap0", "0tap", "etap0", "-tap0"] {
      Script(Notation.quoted(name)) {
        Step.select(name, among: prefixes).allowing(Outcome(.explainedError(["unknownBackend"])))
      }
    }
  }

  static let longerWordsAreNotMatched = Requirement(
    "names/longer-words-are-not-matched",
    .should,
    "a word that merely begins like a prefix does not select its kind",
    because: "a misspelt or newer kind is taken for an old one and fails later, on a device that "
      + "does not exist, with a message about the wrong thing",
    sources: [Source.seed(760...761)],
    hint: "a bare comparison of the first characters"
  ) {
    for name in ["tapestry", "tapir0", "valentine", "netmapper", "netmapx:eth0", "vmnetwork0"] {
      Script(name) {
        Step.select(name, among: prefixes).allowing(.error("unknownBackend"))
      }
    }
  }

  static let longestPrefixWins = Requirement(
    "names/longest-prefix-wins",
    .must,
    "of several prefixes that begin a name the longest selects, in whatever order they were "
      + "registered",
    because: "with the first match, the order in which a linker lists its files decides which "
      + "network a virtual machine gets",
    sources: [Source.seed(759...771)],
    hint: "the first match in a list wins"
  ) {
    for (name, kind) in [
      ("tap0", "tap"), ("tap-x0", "tap-x"), ("tap-xy0", "tap-xy"), ("tap-z", "tap"),
      ("tap-x:1", "tap-x"),
    ] {
      for order in [
        ["tap", "tap-x", "tap-xy"], ["tap-xy", "tap-x", "tap"], ["tap-x", "tap", "tap-xy"],
        ["tap-x", "tap-xy", "tap"],
      ] {
        Script("\(name) among \(order.joined(separator: ", "))") {
          Step.select(name, among: order).allowing(Outcome(.opened(kind: kind)))
        }
      }
    }
  }

  static let barePrefixIsRefused = Requirement(
    "names/bare-prefix-is-refused",
    .should,
    "an empty name and a prefix with nothing behind it are refused as invalid",
    because: "a bare prefix opens whatever the system makes of it: on one a cloning device, on "
      + "another a new interface that nobody configured",
    sources: [Source.seed(216...219), Source.seed(759...775)],
    hint: "an empty remainder passed on to the device"
  ) {
    for name in [""] + prefixes {
      Script(Notation.quoted(name)) {
        Step.select(name, among: prefixes)
          .allowing(Outcome(.explainedError(["invalidName", "unknownBackend"])))
      }
    }
  }

  static let longNameIsRefused = Requirement(
    "names/long-name-is-refused",
    .must,
    "a name longer than the system's limit is refused before any system call, never cut",
    because:
      "a name that is cut opens another interface, whose owner then sees a stranger's frames",
    sources: [
      Source.seed(205...217), Source.seed(480...481), "Linux IFNAMSIZ", "libkrun tap.rs",
      "Firecracker test_tap",
    ],
    families: ["tap"],
    hint: "a fixed buffer filled with a copy that truncates"
  ) {
    for prefix in ["tap", "vmnet"] {
      for length in [15, 16, 17, 31, 79, 80, 200, 4096] {
        let name = prefix + String(repeating: "1", count: length - prefix.count)
        Script("\(prefix) and \(length) bytes in all") {
          if length <= InterfaceName.maximumLength {
            Step.open(name)
          } else {
            Step.open(name).allowing(Outcome(.explainedError(["invalidName"])))
            Step.calls().allowing(Outcome(.calls([])))
          }
        }
      }
    }
  }

  static let forbiddenCharactersAreRefused = Requirement(
    "names/forbidden-characters-are-refused",
    .must,
    "a name with a separator, white space or a control character is refused before any system call",
    because: "a name that is put behind a directory can climb out of it and open another device",
    sources: [Source.seed(216...219), "Linux dev_valid_name"],
    families: ["tap"],
    hint: "the name appended to a path without a look at it"
  ) {
    for name in [
      "tap/../null", "tap/0", "tap0/", "tap0/..", "tap 0", "tap0 ", "tap0\n", "tap\t0", "tap\u{0}",
      "tap0\u{0}x", "tap0:1", "tap0\u{7F}", "vmnet/../mem", "vmnet 1",
    ] {
      Script(Notation.quoted(name)) {
        Step.open(name).allowing(Outcome(.explainedError(["invalidName"])))
        Step.calls().allowing(Outcome(.calls([])))
      }
    }
  }

  static let wholeNameIsUsed = Requirement(
    "names/whole-name-is-used",
    .must,
    "names that differ in a single place open different devices, and the same name the same one",
    because: "two virtual machines on one interface steal each other's frames",
    sources: [Source.seed(216...219), Source.seed(783...790)],
    families: ["tap"],
    hint: "the number parsed out of the name, or the name cut to a prefix of it"
  ) {
    for (first, second) in [
      ("tap1", "tap12"), ("tap01", "tap1"), ("tap123456789012", "tap123456789013"),
      ("tap-a", "tap-b"), ("tap_0", "tap.0"), ("vmnet1", "vmnet2"),
    ] {
      Script("\(first), then \(second), then \(first) again") {
        Step.open(first)
        Step.open(second).on(1)
        Step.close.on(1)
        Step.open(first).on(1).allowing(Outcome(.explainedError(["busy"])))
      }
    }
  }

  static let kindIsComplete = Requirement(
    "names/kind-is-complete",
    .must,
    "a kind that lacks an operation is refused when it is registered",
    because: "the table is checked for six of its nine functions, and the missing one is called "
      + "much later, through a null pointer",
    sources: [Source.seed(763...768)],
    untestable: "a class that lacks an operation does not conform to the protocol and does not "
      + "compile"
  )

  static let failureLeavesNoHandle = Requirement(
    "names/failure-leaves-no-handle",
    .must,
    "a failed open leaves its caller without a backend",
    because: "a caller that checks only the handle goes on with one that points to freed memory",
    sources: [Source.seed(773...790)],
    untestable: "a call that throws returns nothing that could be used"
  )
}

internal import ArgumentParser
internal import BackendConformance

/// The options that say how scenarios are played and reported.
struct PlayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The expectations in force (default: strict).", valueName: "name")
  )
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "Writes a report, to standard output without a path; repeatable.",
      valueName: "format[:path]"
    )
  )
  var report: [String] = []

  @Option(help: "The seed of what is random; one is chosen and printed otherwise.")
  var seed: Seed = .random()

  @Flag(name: .shortAndLong, help: "Shows what passes as well.")
  var verbose = false

  @Option(help: "Whether verdicts are coloured; NO_COLOR is honoured.")
  var color: ColorChoice = .auto
}

/// The seed of what is random in a run.
struct Seed: ExpressibleByArgument {
  let value: UInt64

  init(value: UInt64) { self.value = value }

  /// Reads a number in base 10, or in base 16 behind `0x`.
  init?(argument: String) {
    let isHexadecimal = argument.lowercased().hasPrefix("0x")
    let digits = isHexadecimal ? argument.dropFirst(2) : argument[...]
    guard let value = UInt64(digits, radix: isHexadecimal ? 16 : 10) else { return nil }
    self.value = value
  }

  /// A short one that nobody chose.
  static func random() -> Seed { Seed(value: UInt64(UInt32.random(in: .min ... .max))) }

  var defaultValueDescription: String { "a random one" }
}

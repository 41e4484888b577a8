internal import ArgumentParser
internal import Glibc

/// Whether verdicts are coloured.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto
  case always
  case never

  /// Whether to colour what goes to standard output.
  var isColored: Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto: !Environment.isSet("NO_COLOR") && StandardOutput.isTerminal
    }
  }
}

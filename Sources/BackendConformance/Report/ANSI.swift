/// Colours of a terminal.
///
/// A colour package would decide by itself, from a global variable, whether to colour; a report
/// must not depend on anything but its arguments.
enum ANSI: String {
  case red = "31"
  case green = "32"
  case yellow = "33"
  case faint = "2"

  /// The text in this colour.
  func callAsFunction(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
}

package import NetBackend
internal import Netmap

/// A port that a backend opens, and the port that is its far side.
package struct NetmapPortPair: Equatable, Sendable {
  /// The name that the backend opens.
  package let backend: String
  /// The far side, as the kernel knows it.
  package let farPort: String
  /// Whether they are the ends of a pipe.
  package var isPipe: Bool { farPort.contains { $0 == "{" || $0 == "}" } }

  /// The pairs of two backends, the first of which opens `name`; `nil` if it is not a port of a switch
  /// or the end of a pipe.
  ///
  /// - Parameter oneSwitch: Whether the second one is on the same switch as the first.
  package static func pairs(
    of name: String,
    oneSwitch: Bool = false
  ) throws(BackendError) -> [NetmapPortPair]? {
    let parsed = try NetmapPortName(name)
    let port = parsed.port
    if parsed.isPipe, let end = port.lastIndex(where: { $0 == "{" || $0 == "}" }) {
      return pipes(name, base: port[..<end], end: port[end], number: port[end...].dropFirst())
    }
    return parsed.isSwitchPort ? switches(name, port, oneSwitch) : nil
  }

  /// The end that was named and the other one, and a second pipe with the number behind it.
  private static func pipes(
    _ name: String,
    base: Substring,
    end: Character,
    number: Substring
  ) -> [NetmapPortPair] {
    let other: Character = end == "{" ? "}" : "{"
    let next = number == "0" ? "1" : "0"
    let prefix = base.hasPrefix("vale") ? "" : "netmap:"
    return [
      NetmapPortPair(backend: name, farPort: "\(base)\(other)\(number)"),
      NetmapPortPair(backend: "\(prefix)\(base)\(end)\(next)", farPort: "\(base)\(other)\(next)"),
    ]
  }

  /// The port that was named and another of the same switch, and two more of a second switch or of
  /// the same.
  ///
  /// The other names are as long as those that were given, so that they fit as well.
  private static func switches(
    _ name: String,
    _ port: String,
    _ oneSwitch: Bool
  ) -> [NetmapPortPair] {
    let parts = port.split(separator: ":", maxSplits: 1)
    let (network, own) = (parts[0], parts[1])
    let others = words(like: own)
    let second = oneSwitch ? String(network) : words(like: network)[0]
    let ports = oneSwitch ? (others[1], others[2]) : (String(own), others[0])
    return [
      NetmapPortPair(backend: name, farPort: "\(network):\(others[0])"),
      NetmapPortPair(backend: "\(second):\(ports.0)", farPort: "\(second):\(ports.1)"),
    ]
  }

  /// Three words of the same length that differ in the last character.
  private static func words(like word: Substring) -> [String] {
    "0123".filter { $0 != word.last }.prefix(3).map { "\(word.dropLast())\($0)" }
  }
}

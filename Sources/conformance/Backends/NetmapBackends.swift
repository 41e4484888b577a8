internal import BackendConformance
internal import NetBackend
internal import Netmap

/// The backends over this machine's own netmap.
enum NetmapBackends {
  static let entries = [
    entry(
      "netmap",
      ":IF",
      "an interface or a pipe under netmap, such as netmap:eth0",
      expected: "netmap:IF, as in netmap:eth0 or netmap:eth0-2, or the end of a pipe, as in "
        + "netmap:p{1"
    ),
    entry(
      "vale",
      "N:PORT",
      "a port of a VALE switch, such as vale0:1",
      expected: "valeN:PORT, as in vale0:1, of letters, digits and underscores and at most "
        + "\(InterfaceName.maximumLength) bytes"
    ),
  ]

  /// The names of an entry that a misspelled one may have meant.
  static func names(like base: String, of entry: BackendEntry) -> [String] {
    let behindColon = base.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
    return [entry.name + base.dropFirst(entry.name.count), "\(entry.name):\(behindColon)"]
      .filter { (try? NetmapPortName($0)) != nil }
  }

  private static func ready(
    _ name: String,
    _ port: NetmapPortName,
    at place: DevicePlace?
  ) throws(BenchError) -> ReadyBackend {
    guard !port.isSwitchPort, !port.isPipe else {
      return ReadyBackend(factories: [LinuxNetmapBench.factory(name: name)])
    }
    let link =
      place == .here ? try VethLink(using: port.port) : try VethLink(making: port.port)
    return ReadyBackend(
      factories: [LinuxNetmapBench.factory(name: name, link: link)],
      finish: link.finish
    )
  }

  private static func entry(
    _ kind: String,
    _ rest: String,
    _ summary: String,
    expected: String
  ) -> BackendEntry {
    BackendEntry(name: kind, form: .port(rest), summary: summary) { name throws(CommandFailure) in
      guard let port = try? NetmapPortName(name.base) else {
        throw CommandFailure(.usage, "'\(name.base)' is no netmap port: expected \(expected)")
      }
      return SelectedBackend(name.text, device: HostNetmapPort(name: port)) {
        place throws(BenchError) in
        try ready(name.text, port, at: place)
      }
    }
  }
}

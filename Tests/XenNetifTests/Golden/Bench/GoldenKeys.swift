import XenNetif

/// What a case has the two ends write into the store.
enum GoldenKeys {
  /// How the frontend of a case connects.
  static func configuration(_ golden: GoldenCase) -> FrontendConfiguration {
    var configuration = FrontendConfiguration()
    configuration.hasControl = true
    guard let front = golden.front else {
      configuration.queues = 3
      return configuration
    }
    configuration.queues = front["queues"]?.number ?? 1
    configuration.isSplit = front["split"]?.number == 1
    configuration.hasControl = front["ctrl"]?.number == 1
    configuration.features = ["request-rx-copy": "1"]
    for (name, value) in front where name.contains("-") {
      if value.number == 1 { configuration.features[name] = "1" }
    }
    if let room = front["xdp-headroom"]?.number {
      configuration.features["xdp-headroom"] = "\(room)"
    }
    return configuration
  }

  /// The keys of the backend's directory that are not as usual.
  static func backendChanges(_ golden: GoldenCase) -> [String: String?] {
    var changes: [String: String?] = [:]
    if let rate = golden.front?["rate"]?.text { changes["rate"] = .some(rate) }
    for (name, value) in written(golden) where name.hasPrefix("^") {
      changes.updateValue(value.isEmpty ? nil : value, forKey: String(name.dropFirst()))
    }
    return changes
  }

  /// The keys that were written by hand, those of the backend's directory with a mark in front.
  static func written(_ golden: GoldenCase) -> [(name: String, value: String)] {
    (golden.keys ?? "").split(separator: ";").map { key in
      let parts = key.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
  }

  /// The value of a key in which a ring or a channel stands as a letter.
  static func value(_ text: String, _ bench: GoldenBench, other: EventChannel) -> String {
    guard text.first == "%", let letter = text.dropFirst().first else { return text }
    let queue = bench.frontend.queues[Int(text.dropFirst(2)) ?? 0]
    switch letter {
    case "T": return "\(queue.transmit.grant.rawValue)"
    case "R": return "\(queue.receive.grant.rawValue)"
    case "C": return "\(bench.frontend.control?.grant.rawValue ?? 0)"
    case "F": return "\(other.rawValue)"
    default: return "\(queue.transmit.channel.rawValue)"
    }
  }
}

extension Vif {
  /// Sets a watch that lasts until it or the connection ends.
  func watch(_ watch: VifWatch, _ path: String, _ negotiation: inout NegotiationState) {
    let entry = NegotiationState.Watch(path: path, token: watch.rawValue)
    guard (try? port.watch(path, token: entry.token)) != nil else { return }
    negotiation.watches.append(entry)
  }

  /// Ends the watches of a kind.
  func unwatch(_ watch: VifWatch, _ negotiation: inout NegotiationState) {
    for entry in negotiation.watches where entry.token == watch.rawValue {
      try? port.unwatch(entry.path, token: entry.token)
    }
    negotiation.watches.removeAll { $0.token == watch.rawValue }
  }

  /// Ends all watches that the connection set.
  func unwatchAll(_ negotiation: inout NegotiationState) {
    for entry in negotiation.watches { try? port.unwatch(entry.path, token: entry.token) }
    negotiation.watches = []
  }
}

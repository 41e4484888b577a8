internal import BackendConformance

extension BackendEntry {
  /// Refuses options that the backend does not take.
  func check(_ name: BackendName) throws(CommandFailure) {
    for (key, value) in name.options.sorted(by: { $0.key < $1.key }) {
      guard let option = options.first(where: { $0.key == key }) else { throw unknown(key) }
      guard option.values.contains(value) else {
        throw CommandFailure(
          .usage,
          "backend option '\(key)' of \(placeholder) takes \(option.values.joined(separator: " or "))"
            + ", not '\(value)'"
        )
      }
    }
  }

  private func unknown(_ key: String) -> CommandFailure {
    let known = options.map(\.key)
    guard !known.isEmpty else {
      return CommandFailure(.usage, "\(placeholder) takes no options, so not '\(key)' either")
    }
    return CommandFailure(
      .usage,
      "unknown backend option '\(key)'\(Suggestion.question(key, known)); "
        + "\(placeholder) takes \(known.joined(separator: ", "))"
    )
  }
}

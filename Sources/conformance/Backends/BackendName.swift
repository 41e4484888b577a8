internal import BackendConformance

/// A backend as it was named: `sim:tap`, or `sim:tap,key=value`.
struct BackendName: Equatable {
  /// The name as it was given.
  let text: String
  /// The part before the first comma.
  let base: String
  /// The options behind it, by key.
  let options: [String: String]

  /// Takes a name apart.
  init(_ text: String) throws(CommandFailure) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    self.text = text
    base = parts[0]
    var options: [String: String] = [:]
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2 else {
        throw CommandFailure(.usage, "backend option '\(part)' is not of the form key=value")
      }
      guard options.updateValue(pair[1], forKey: pair[0]) == nil else {
        throw CommandFailure(.usage, "backend option '\(pair[0])' is given twice")
      }
    }
    self.options = options
  }
}

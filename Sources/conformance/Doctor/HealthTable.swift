internal import BackendConformance

/// What the doctor found, line by line.
struct HealthTable {
  private let checks: [HealthCheck]

  init(_ checks: [HealthCheck]) { self.checks = checks }

  /// One line a check, and the conclusion.
  var text: String {
    let width = checks.map(\.name.count).max() ?? 0
    let lines = checks.map { check in
      "\(check.failure == nil ? "ok     " : "missing")  \(check.name.padded(to: width))  "
        + check.finding
    }
    return (lines + ["", conclusion]).joined(separator: "\n") + "\n"
  }

  private var conclusion: String {
    let missing = checks.filter { $0.failure != nil }.count
    return missing == 0
      ? "nothing is missing"
      : "\(missing) missing; the simulated backends run all the same"
  }
}

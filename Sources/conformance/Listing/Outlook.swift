internal import BackendConformance

/// Whether a requirement would run on a backend, and if not wholly, why.
struct Outlook: Encodable {
  /// The backend's name.
  let backend: String
  /// The number of cases that would run.
  let cases: Int
  /// Why the others would not; empty if all would.
  let reasons: [String]

  /// Looks at each case, without playing it.
  init(_ entry: Suite.Selected, on factory: TestbenchFactory) throws(CommandFailure) {
    backend = factory.name
    let requirement = entry.requirement
    if let reason = requirement.absence(on: factory, isSkipped: entry.isSkipped) {
      (cases, reasons) = (0, [reason])
      return
    }
    var missing: [String] = []
    for script in requirement.scripts {
      if let what = try factory.lacks(script) { missing.append(what) }
    }
    cases = requirement.scripts.count - missing.count
    reasons = missing.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The outlook in a few words.
  var description: String {
    let reason = reasons.joined(separator: "; ")
    if cases == 0 { return "would not run: \(reason)" }
    return reasons.isEmpty ? "would run" : "would run \(cases) of its cases: \(reason)"
  }
}

extension Requirement {
  /// Why none of the cases would run, whatever the bench offers.
  fileprivate func absence(on factory: TestbenchFactory, isSkipped: Bool) -> String? {
    if let untestable { return "untestable: \(untestable)" }
    if isSkipped { return "skipped: asked for" }
    return factory.plays(self) ? nil : "is for \(families.joined(separator: ", "))"
  }
}

extension TestbenchFactory {
  /// What a bench made for a script lacks to play it.
  fileprivate func lacks(_ script: Script) throws(CommandFailure) -> String? {
    do throws(BenchError) {
      let bench = try make(script.bench)
      defer { bench.tearDown() }
      return bench.lacks(script)
    } catch {
      guard case .unsupported(let what) = error else { throw CommandFailure(error, backend: name) }
      return what
    }
  }
}

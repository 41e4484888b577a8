internal import BackendConformance

/// A line on a terminal that tells how far a run has come.
final class ProgressLine {
  /// How often the line is drawn at most, in nanoseconds.
  private static let pace: UInt64 = 50_000_000

  private let total: Int
  private var done = 0
  private var drawn: UInt64 = 0
  private var isShown = false

  init(total: Int) { self.total = total }

  /// Draws the line, if an event changes it and it was not drawn just now.
  func show(_ event: Event) {
    switch event.kind {
    case .verdict: done += 1
    case .scenarioStart(let requirement, let backend):
      guard event.time >= drawn + Self.pace else { return }
      drawn = event.time
      isShown = true
      StandardError.write("\r\(done)/\(total)  \(backend)  \(requirement.slug)")
    case .runStart, .step, .runEnd: break
    }
  }

  /// Removes the line, so that something else can be written there.
  func clear() {
    guard isShown else { return }
    isShown = false
    StandardError.write("\r\u{1B}[K")
  }
}

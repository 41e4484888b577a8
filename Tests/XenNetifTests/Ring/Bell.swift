import Synchronization

/// One bit that one side raises and the other waits for, as an event channel has it.
final class Bell: Sendable {
  private let isRaised = Atomic<Bool>(false)

  func ring() { isRaised.store(true, ordering: .releasing) }

  /// Whether it is raised.
  var isRung: Bool { isRaised.load(ordering: .acquiring) }

  /// Waits until it is raised, and lowers it.
  func wait() async {
    while !isRaised.exchange(false, ordering: .acquiring) { await Task.yield() }
  }
}

import Synchronization

/// Counts what a hook saw.
final class Seen: Sendable {
  private let number = Atomic(0)

  /// How often.
  var value: Int { number.load(ordering: .relaxed) }

  /// Counts once.
  func count() { number.add(1, ordering: .relaxed) }
}

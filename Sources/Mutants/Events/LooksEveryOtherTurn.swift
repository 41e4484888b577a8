internal import NetBackend
internal import Synchronization

/// Looks for frames now and then.
final class LooksEveryOtherTurn: WrongCallback {
  let base: any NetBackend
  private let turns = Atomic(0)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func callBack(_ original: @escaping ReceiveCallback) {
    if turns.add(1, ordering: .relaxed).newValue.isMultiple(of: 2) { original() }
  }
}

internal import Synchronization

/// The groups that a frontend wants, which one direction changes and the other one asks.
final class MulticastGroups: Sendable {
  private let list: Mutex<MulticastList>
  private let isFiltering = Atomic(false)

  init(_ policy: NetbackPolicy) {
    list = Mutex(
      MulticastList(limit: policy.multicastLimit, keepsDuplicates: policy.keepsDuplicateGroups)
    )
  }

  /// Carries out a change, and says how it is answered.
  func change(_ change: MulticastChange) -> TransmitStatus {
    list.withLock { (list) in
      switch change {
      case .add(let group): return list.add(group.address) ? .okay : .error
      case .delete(let group):
        list.remove(group.address)
        return .okay
      }
    }
  }

  /// Switches the filter; the groups are kept.
  func filter(_ on: Bool) {
    list.withLock { $0.isFiltering = on }
    isFiltering.store(on, ordering: .releasing)
  }

  /// Forgets all groups.
  func removeAll() { list.withLock { $0.removeAll() } }

  /// Whether a frame is to be passed on, of which there are at least eight bytes.
  func passes(_ frame: UnsafeRawPointer) -> Bool {
    guard isFiltering.load(ordering: .acquiring) else { return true }
    let word = unsafe UInt64(littleEndian: frame.loadUnaligned(as: UInt64.self))
    return list.withLock { $0.passes(to: ExtraPayload(word: word)) }
  }
}

internal import Synchronization

/// The faults, the record and the ledger of the ports that a backend makes its system calls through.
///
/// Recording costs an entry of 40 bytes a call; while only counting, nothing grows.
public final class CallScript: Sendable {
  /// What is kept of a call.
  public enum Detail: Sendable {
    /// Every call, in order.
    case record
    /// Only how many there were of each.
    case count
  }

  private struct State {
    var detail: Detail
    var entries: [CallRecordEntry] = []
    // A backend makes few different calls: looking through them costs less than hashing.
    var counts: [(name: CallName, count: Int)] = []
    var faults: [CallFault] = []
    var ledger = DescriptorLedger()
  }

  private let state: Mutex<State>

  /// Creates a script without faults.
  public init(_ detail: Detail = .record) { state = Mutex(State(detail: detail)) }

  /// What is kept of a call from now on.
  public var detail: Detail {
    get { state.withLock { $0.detail } }
    set { state.withLock { $0.detail = newValue } }
  }

  /// Makes coming calls go wrong.
  public func add(_ fault: CallFault) { state.withLock { $0.faults.append(fault) } }

  /// Forgets the faults that have not come yet.
  public func removeFaults() { state.withLock { $0.faults = [] } }

  /// The faults that have not come yet.
  public var pendingFaults: [CallFault] { state.withLock { $0.faults } }

  /// Takes what was recorded since the last time.
  public func takeEntries() -> [CallRecordEntry] {
    state.withLock { state in
      defer { state.entries = [] }
      return state.entries
    }
  }

  /// Takes the calls recorded since the last time, and drops what the loop was told.
  public func takeCalls() -> [SystemCall] {
    takeEntries().compactMap { if case .call(let call) = $0 { call } else { nil } }
  }

  /// The number of calls of that name since the script was created.
  public func count(of name: CallName) -> Int {
    state.withLock { $0.counts.first { $0.name == name }?.count ?? 0 }
  }

  /// The descriptors opened, closed and watched so far.
  public var ledger: DescriptorLedger { state.withLock { $0.ledger } }

  /// Enters a descriptor that the test opened by other means and hands over.
  public func handedOver(_ descriptor: Int32) { state.withLock { $0.ledger.opened(descriptor) } }

  /// Notes what an event loop was told, with the flags that the descriptor had then.
  public func note(_ event: CallLoopEvent, _ descriptor: Int32, flags: DescriptorFlags) {
    state.withLock { state in
      state.ledger.told(event, descriptor, flags: flags)
      if state.detail == .record { state.entries.append(.loop(event, descriptor: descriptor)) }
    }
  }

  /// The effect that a call has in place of its own, if a fault is due.
  public func effect(on name: CallName) -> CallFault.Effect? {
    state.withLock { $0.faults.isEmpty ? nil : $0.faults.takeEffect(on: name) }
  }

  /// Enters a call that has ended.
  public func ended(_ call: SystemCall) {
    state.withLock { state in
      if let known = state.counts.firstIndex(where: { $0.name == call.name }) {
        state.counts[known].count += 1
      } else {
        state.counts.append((call.name, 1))
      }
      if state.detail == .record { state.entries.append(.call(call)) }
    }
  }

  /// Changes the ledger.
  public func enter(_ change: (inout DescriptorLedger) -> Void) {
    state.withLock { change(&$0.ledger) }
  }
}

extension [CallFault] {
  /// Takes the effect of the first fault that is due, or counts the call for those that wait.
  fileprivate mutating func takeEffect(on name: CallName) -> CallFault.Effect? {
    guard let due = firstIndex(where: { $0.matches(name) && $0.after == 0 }) else {
      for index in indices where self[index].matches(name) { self[index].after -= 1 }
      return nil
    }
    let effect = self[due].effect
    self[due].times -= 1
    if self[due].times <= 0 { remove(at: due) }
    return effect
  }
}

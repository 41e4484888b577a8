internal import Synchronization

/// The faults, the record and the ledger of one or more ``ScriptedTap`` ports.
///
/// Recording costs an entry of 40 bytes a call; while only counting, nothing grows.
public final class TapScript: Sendable {
  /// What is kept of a call.
  public enum Detail: Sendable {
    /// Every call, in order.
    case record
    /// Only how many there were of each.
    case count
  }

  private struct State {
    var detail: Detail
    var entries: [TapRecordEntry] = []
    var counts = [Int](repeating: 0, count: TapCall.Name.allCases.count)
    var faults: [TapFault] = []
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
  public func add(_ fault: TapFault) { state.withLock { $0.faults.append(fault) } }

  /// Forgets the faults that have not come yet.
  public func removeFaults() { state.withLock { $0.faults = [] } }

  /// The faults that have not come yet.
  public var pendingFaults: [TapFault] { state.withLock { $0.faults } }

  /// Takes what was recorded since the last time.
  public func takeEntries() -> [TapRecordEntry] {
    state.withLock { state in
      defer { state.entries = [] }
      return state.entries
    }
  }

  /// Takes the calls recorded since the last time, and drops what the loop was told.
  public func takeCalls() -> [TapCall] {
    takeEntries().compactMap { if case .call(let call) = $0 { call } else { nil } }
  }

  /// The number of calls of that name since the script was created.
  public func count(of name: TapCall.Name) -> Int {
    state.withLock { $0.counts[Int(name.rawValue)] }
  }

  /// The descriptors opened, closed and watched so far.
  public var ledger: DescriptorLedger { state.withLock { $0.ledger } }

  /// Enters a descriptor that the test opened by other means and hands over.
  public func handedOver(_ descriptor: Int32) { state.withLock { $0.ledger.opened(descriptor) } }

  /// Notes what an event loop was told, with the flags that the descriptor had then.
  public func note(_ event: TapLoopEvent, _ descriptor: Int32, flags: DescriptorFlags) {
    state.withLock { state in
      state.ledger.told(event, descriptor, flags: flags)
      if state.detail == .record { state.entries.append(.loop(event, descriptor: descriptor)) }
    }
  }

  /// The effect that a call has in place of its own, if a fault is due.
  func effect(on name: TapCall.Name) -> TapFault.Effect? {
    state.withLock { $0.faults.isEmpty ? nil : $0.faults.takeEffect(on: name) }
  }

  /// Enters a call that has ended.
  func ended(_ call: TapCall) {
    state.withLock { state in
      state.counts[Int(call.name.rawValue)] += 1
      if state.detail == .record { state.entries.append(.call(call)) }
    }
  }

  /// Changes the ledger.
  func enter(_ change: (inout DescriptorLedger) -> Void) {
    state.withLock { change(&$0.ledger) }
  }
}

extension [TapFault] {
  /// Takes the effect of the first fault that is due, or counts the call for those that wait.
  fileprivate mutating func takeEffect(on name: TapCall.Name) -> TapFault.Effect? {
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

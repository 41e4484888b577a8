internal import CallScript
internal import NetBackend
internal import Synchronization
internal import SystemPackage

/// Faults, record and ledger of a backend's system calls, in the words of scripts.
///
/// Watching a descriptor counts as a call named `watch`, so that it can fail like the others.
final class CallInstrument: SystemCallInstrument {
  let script = CallScript()
  private let names: [CallName]
  private let portable: @Sendable (SystemCall) -> Int
  private let watchFaults = Mutex<[SystemCallFault]>([])

  /// Creates an instrument without faults.
  ///
  /// - Parameters:
  ///   - names: The calls that a backend of the family makes.
  ///   - portable: The result of a call without what differs from kernel to kernel and from run to
  ///     run.
  init(names: [CallName], portable: @escaping @Sendable (SystemCall) -> Int) {
    self.names = names
    self.portable = portable
  }

  func add(_ fault: SystemCallFault) throws(BenchError) {
    if fault.call == "watch" {
      watchFaults.withLock { $0.append(fault) }
      return
    }
    let name = fault.call.map { CallName($0) }
    if let name, !names.contains(name) { throw .unsupported("no call is named \(name)") }
    script.add(
      CallFault(name, after: fault.after, times: fault.times, CallFault.Effect(fault.effect))
    )
  }

  func takeCalls(_ names: [String]) -> [CallSummary] {
    script.takeEntries().map(summary).filter { names.isEmpty || names.contains($0.name) }
  }

  func ledger() -> LedgerSummary { LedgerSummary(script.ledger) }

  /// The error with which the loop refuses to watch a descriptor, if it is to.
  func refusal(toWatch descriptor: Int32) -> BackendError? {
    watchFaults.withLock { faults in
      guard var fault = faults.first else { return nil }
      if fault.after > 0 {
        faults[0].after -= 1
        return nil
      }
      fault.times -= 1
      faults[0] = fault
      if fault.times <= 0 { faults.removeFirst() }
      guard case .fails(let errno) = fault.effect else { return nil }
      return BackendError(.system, call: "watch", subject: "descriptor", errno: errno)
    }
  }
}

extension CallFault.Effect {
  fileprivate init(_ effect: SystemCallFault.Effect) {
    switch effect {
    case .fails(let errno): self = .fails(Errno(rawValue: errno))
    case .returns(let count): self = .returns(count)
    case .finds(let frame):
      // The device's own header is put in front, whatever its length is then.
      self = .finds(Array(frame.contents().dropFirst(frame.header.count)))
    }
  }
}

extension CallLoopEvent {
  init(_ event: LoopEvent) {
    switch event {
    case .watched: self = .watched
    case .enabled: self = .enabled
    case .disabled: self = .disabled
    case .cancelled: self = .cancelled
    }
  }

  fileprivate var word: String {
    switch self {
    case .watched: "watch"
    case .enabled: "enable"
    case .disabled: "disable"
    case .cancelled: "cancel"
    }
  }
}

extension CallInstrument {
  private func summary(_ entry: CallRecordEntry) -> CallSummary {
    switch entry {
    case .call(let call):
      CallSummary(
        name: call.name.description,
        argument: call.argument,
        result: call.result > 0 ? portable(call) : call.result
      )
    case .loop(let event, _): CallSummary(name: event.word, argument: 0, result: 0)
    }
  }
}

extension LedgerSummary {
  fileprivate init(_ ledger: DescriptorLedger) {
    self.init()
    open = ledger.open.count
    closedTwice = ledger.closedTwice
    watched = ledger.watched.count
    inherited = ledger.inherited
    watchedBlocking = ledger.watchedBlocking
    closedWatched = ledger.closedWatched
  }
}

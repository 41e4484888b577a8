internal import NetBackend
internal import Synchronization
internal import SystemPackage
internal import Tap

/// Faults, record and ledger of a tap backend, in the words of scripts.
///
/// Watching a descriptor counts as a call named `watch`, so that it can fail like the others.
final class TapInstrument: SystemCallInstrument {
  let script = TapScript()
  private let watchFaults = Mutex<[SystemCallFault]>([])

  func add(_ fault: SystemCallFault) throws(BenchError) {
    if fault.call == "watch" {
      watchFaults.withLock { $0.append(fault) }
      return
    }
    let name = fault.call.map { TapCall.Name($0) }
    if let name, name == nil { throw .unsupported("no call is named \(fault.call ?? "")") }
    script.add(
      TapFault(name ?? nil, after: fault.after, times: fault.times, TapFault.Effect(fault.effect))
    )
  }

  func takeCalls(_ names: [String]) -> [CallSummary] {
    script.takeEntries().map { CallSummary($0) }.filter { names.isEmpty || names.contains($0.name) }
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

extension TapFault.Effect {
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

extension TapLoopEvent {
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

extension CallSummary {
  fileprivate init(_ entry: TapRecordEntry) {
    switch entry {
    case .call(let call):
      self.init(name: call.name.description, argument: call.argument, result: call.portableResult)
    case .loop(let event, _): self.init(name: event.word, argument: 0, result: 0)
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

extension TapCall {
  /// The result without what differs from kernel to kernel and from run to run: the numbers of
  /// descriptors, and flags that the backend does not use.
  fileprivate var portableResult: Int {
    guard result > 0 else { return result }
    switch name {
    case .open, .socket: return 0
    case .getFeatures, .getInterface: return result & Int(TapFlags.tap.union(.vnetHeader).rawValue)
    case .getInterfaceFlags: return result & Int(InterfaceFlags.up.rawValue)
    default: return result
    }
  }
}

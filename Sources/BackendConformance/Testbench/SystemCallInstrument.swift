/// Makes system calls fail, records them, and keeps the ledger of descriptors.
public protocol SystemCallInstrument: Sendable {
  /// Makes coming calls go wrong.
  func add(_ fault: SystemCallFault) throws(BenchError)

  /// Takes the record of the calls made since the last time; those called `names`, or all if empty.
  func takeCalls(_ names: [String]) -> [CallSummary]

  /// The state of the ledger.
  func ledger() -> LedgerSummary
}

/// Makes devices and descriptors ready before a backend opens.
public protocol DeviceInstrument: Sendable {
  /// Brings the device of the backend of that number into a state.
  func prepare(_ state: DeviceState, backend: Int) throws(BenchError)

  /// A descriptor in a state, for the backend of that number to take over.
  func descriptor(_ state: SuppliedDescriptor, backend: Int) throws(BenchError) -> Int32
}

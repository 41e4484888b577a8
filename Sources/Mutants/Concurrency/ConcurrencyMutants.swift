/// Taps that get threads and several backends wrong.
enum ConcurrencyMutants {
  static let all = [
    Mutant(
      tap: "tap.shares-scratch-memory",
      breaks: "concurrency/send-and-receive-together",
      observed: "expected",
      backend: SharesScratchMemory.self
    ),
    Mutant(
      tap: "tap.shares-its-bounce-buffer",
      breaks: "concurrency/instances-share-nothing",
      observed: "byte",
      backend: SharesItsBounceBuffer.self
    ),
    Mutant(
      tap: "tap.runs-out-of-changes",
      breaks: "concurrency/toggling-while-receiving",
      observed: "late: 0 seen",
      callback: RunsOutOfChanges.self
    ),
  ]
}

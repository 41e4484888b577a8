internal import Dispatch
internal import NetBackend
internal import Synchronization

/// Plays one script on one bench.
final class Player: Sendable {
  let script: Script
  let bench: any Testbench
  let recorder: Recorder
  let slots: [BackendSlot] = [BackendSlot(), BackendSlot()]
  /// The number of calls of `close` and `disableReceive` that have returned.
  private let returnedCalls = Atomic<Int>(0)
  private let callReturned = DispatchSemaphore(value: 0)
  /// The step that the main lane is playing, and since when.
  private let current = Atomic<Int>(0)
  private let since = Atomic<UInt64>(0)

  init(_ script: Script, on bench: any Testbench, recorder: Recorder) {
    self.script = script
    self.bench = bench
    self.recorder = recorder
  }

  /// Plays all steps, then closes what is still open.
  func play() {
    let lane = Lane(self)
    lane.play(script.steps, first: 0, round: 0)
    begin(step: max(0, script.allSteps.count - 1))
    for slot in slots {
      slot.backend?.close()
      slot.monitor.enter(.closed)
      slot.empty()
    }
    since.store(0, ordering: .relaxed)
  }

  /// Notes that the main lane plays a step, for those who watch over it.
  func begin(step: Int) {
    current.store(step, ordering: .relaxed)
    since.store(MonotonicClock.atLastTick, ordering: .relaxed)
  }

  /// Notes that a lane beside the main one has come to its next step: the main one is not stuck.
  func noteProgress() {
    let start = since.load(ordering: .relaxed)
    guard start != 0 else { return }
    // Not stored if the case has ended or the main lane has moved on meanwhile.
    _ = since.compareExchange(expected: start, desired: MonotonicClock.now, ordering: .relaxed)
  }

  /// Notes that a call of `close` or `disableReceive` has returned.
  func noteReturn() {
    returnedCalls.add(1, ordering: .sequentiallyConsistent)
    callReturned.signal()
  }

  /// Waits until such a call returns that has not returned yet, for so many milliseconds at most.
  func awaitReturn(milliseconds: Int) {
    let before = returnedCalls.load(ordering: .sequentiallyConsistent)
    let end = DispatchTime.now() + .milliseconds(milliseconds)
    // Those that returned earlier have signalled as well.
    while returnedCalls.load(ordering: .sequentiallyConsistent) == before,
      callReturned.wait(timeout: end) == .success
    {}
  }

  /// The step that has been playing for longer than `milliseconds`.
  func overdueStep(milliseconds: Int) -> Int? {
    let start = since.load(ordering: .relaxed)
    guard start != 0, MonotonicClock.now > start + UInt64(milliseconds) * 1_000_000 else {
      return nil
    }
    return current.load(ordering: .relaxed)
  }
}

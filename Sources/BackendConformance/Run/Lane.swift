internal import NetBackend

/// Plays steps one after the other, on one thread.
final class Lane {
  let player: Player
  /// Whether the lane plays inside a callback.
  let isCallback: Bool
  /// Whether other lanes play at the same time.
  let isConcurrent: Bool
  private var madeBuffers: GuardedBuffers?

  init(_ player: Player, isCallback: Bool = false, isConcurrent: Bool = false) {
    self.player = player
    self.isCallback = isCallback
    self.isConcurrent = isConcurrent
  }

  var bench: any Testbench { player.bench }

  /// The lane's buffers, made when they are first needed.
  func buffers() throws(BenchError) -> GuardedBuffers {
    if let madeBuffers { return madeBuffers }
    let made = try GuardedBuffers()
    madeBuffers = made
    return made
  }

  /// Plays steps, the first of which stands at position `first` of the script.
  func play(_ steps: [Step], first: Int, round: Int) {
    var position = first
    for step in steps {
      guard !player.recorder.isDecided else { return }
      play(step, position, round)
      position += step.size
    }
  }

  private func play(_ step: Step, _ position: Int, _ round: Int) {
    if isCallback || isConcurrent { player.noteProgress() } else { player.begin(step: position) }
    if case .repeated(let times, let steps) = step.action {
      for next in 0..<times where !player.recorder.isDecided {
        play(steps, first: position + 1, round: next)
      }
      return
    }
    let observation = perform(step, position, round)
    let slot = player.slots[step.backend]
    let breaches =
      (madeBuffers?.takeBreaches() ?? []) + slot.monitor.takeBreaches()
      + bench.takeBreaches()
    player.recorder.add(
      StepRecord(step: position, round: round, observation: observation, breaches: breaches)
    )
  }

  private func perform(_ step: Step, _ position: Int, _ round: Int) -> Observation {
    let slot = player.slots[step.backend]
    switch step.action {
    case .whenCalledBack(let steps):
      slot.callbackSteps = CallbackSteps(steps: steps, first: position + 1)
      return .done
    case .together(let lanes):
      playTogether(lanes, first: position + 1, round: round)
      return .done
    case .open(let name, let descriptor):
      return open(name, descriptor, number: step.backend)
    case .runLoop, .awaitCallbacks, .linger:
      return performOnLoop(step.action, slot)
    case .inject, .injectOffloaded, .collect, .link, .fault, .calls, .ledger, .setErrno, .select,
      .prepare, .advanceClock, .ring, .xen:
      return performWithInstrument(step, round: round)
    default:
      guard let backend = slot.backend else {
        // Whoever failed to open has nothing to close, which is fine.
        return step.action == .close ? .done : .benchFailed("no backend has been opened")
      }
      return call(step.action, backend, slot, round: round)
    }
  }
}

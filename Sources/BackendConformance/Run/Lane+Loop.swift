internal import Dispatch
internal import Foundation
internal import Glibc

// The event loop, callbacks and threads.
extension Lane {
  /// How long a callback stays for another thread's call to return, in milliseconds.
  ///
  /// A correct backend's call does not return before, so this is what each such scenario takes.
  private static let lingering = 20
  private static let slice = 10
  /// The turns in which a handler ran but made no callback, after which none will on a simulator.
  private static let turnsInVain = 100

  func performOnLoop(_ action: Action, _ slot: BackendSlot) -> Observation {
    switch action {
    case .runLoop(let turns):
      // Beside other lanes something is always about to come; a lane alone waits for what must not.
      let wait = isConcurrent ? min(1, bench.patience.quiet) : bench.patience.quiet
      for _ in 0..<turns { bench.loop.turn(milliseconds: wait) }
      return .callbacks(slot.monitor.takeUnseen())
    case .awaitCallbacks(let count): return awaitCallbacks(count, slot)
    default:
      player.awaitReturn(milliseconds: Self.lingering)
      return .done
    }
  }

  private func awaitCallbacks(_ count: Int, _ slot: BackendSlot) -> Observation {
    var lateness = Lateness()
    var turns = 0
    while slot.monitor.unseen < count {
      let ran = lateness.measure(milliseconds: Self.slice) {
        bench.loop.turn(milliseconds: bench.patience.quiet == 0 ? 0 : Self.slice)
      }
      if ran > 0 { turns += 1 }
      let nothingMoves = ran == 0 || turns > count + Self.turnsInVain
      let isStill = nothingMoves && bench.patience.quiet == 0 && !isConcurrent
      if isStill || lateness.milliseconds > bench.patience.deadline {
        guard slot.monitor.unseen < count else { break }
        return .late(lateness.observation(soFar: slot.monitor.takeUnseen()))
      }
      if ran == 0 { sched_yield() }
    }
    return .callbacks(slot.monitor.takeUnseen())
  }

  func playTogether(_ lanes: [[Step]], first: Int, round: Int) {
    let group = DispatchGroup()
    var position = first
    for steps in lanes {
      let start = position
      position += steps.reduce(0) { $0 + $1.size }
      group.enter()
      Thread.detachNewThread { [player] in
        Lane(player, isConcurrent: true).play(steps, first: start, round: round)
        group.leave()
      }
    }
    group.wait()
  }
}

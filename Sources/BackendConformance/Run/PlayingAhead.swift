internal import Dispatch
internal import Foundation
internal import Synchronization

/// Plays scenarios on several threads at once, and hands them over in the order of the run.
///
/// Not more than a few are played ahead of the one that is handed over next: a scenario that was
/// played keeps its records.
final class PlayingAhead: Sendable {
  /// How many scenarios are played ahead on each thread.
  private static let depth = 2

  private let plays: [Suite.Play]
  private let next = Atomic<Int>(0)
  private let isEnding = Atomic<Bool>(false)
  private let results = Mutex<[Int: PlayedScenario]>([:])
  // Both begin at 0, below which they never are when they go: what there is room for is signalled.
  private let room = DispatchSemaphore(value: 0)
  private let finished = DispatchSemaphore(value: 0)
  private let threadCount: Int
  private let threads = DispatchGroup()

  /// Begins to play on a number of threads.
  ///
  /// - Parameter start: Makes ready one thread's own way to play.
  init(
    _ plays: [Suite.Play],
    threads count: Int,
    start: @escaping @Sendable () -> (Suite.Play) -> PlayedScenario
  ) {
    self.plays = plays
    threadCount = count
    for _ in 0..<(count * Self.depth) { room.signal() }
    for _ in 0..<count {
      threads.enter()
      Thread.detachNewThread { [self] in
        work(start())
        threads.leave()
      }
    }
  }

  private func work(_ play: (Suite.Play) -> PlayedScenario) {
    while true {
      room.wait()
      let number = next.add(1, ordering: .relaxed).oldValue
      guard number < plays.count, !isEnding.load(ordering: .acquiring) else { return }
      let scenario = play(plays[number])
      results.withLock { $0[number] = scenario }
      finished.signal()
    }
  }

  /// Waits for a scenario, each of which is taken once, in order.
  func take(_ number: Int) -> PlayedScenario {
    while true {
      if let scenario = results.withLock({ $0.removeValue(forKey: number) }) {
        room.signal()
        return scenario
      }
      finished.wait()
    }
  }

  /// Begins no further scenario, and waits for those that were begun.
  func end() {
    isEnding.store(true, ordering: .releasing)
    // Each thread that waits for room finds some, and then that this is the end.
    for _ in 0..<threadCount { room.signal() }
    threads.wait()
  }
}

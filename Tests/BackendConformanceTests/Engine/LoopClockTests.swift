import BackendConformance
import NetBackend
import Synchronization
import Testing

/// Descriptors that are never ready.
private struct IdlePoller: DescriptorPoller {
  func poll(_ descriptors: [Int32], milliseconds: Int) -> [Readiness] {
    descriptors.map { _ in [] }
  }
}

/// What happened, in order.
private final class Diary: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func note(_ line: String) { lines.withLock { $0.append(line) } }
}

@Suite("The clock of a stepped loop")
struct LoopClockTests {
  private let loop = SteppedLoop(poller: IdlePoller(), clock: VirtualClock(start: 100))
  private let diary = Diary()

  /// Schedules a line for the diary, with the time it is written.
  @discardableResult
  private func note(_ name: String, at deadline: UInt64) throws -> any EventTimer {
    try loop.schedule(at: deadline) { [loop, diary] in diary.note("\(name) at \(loop.now)") }
  }

  @Test("Timers run in the order of their deadlines, each at its own")
  func order() throws {
    try note("last", at: 130)
    try note("first", at: 110)
    try note("second", at: 110)
    try note("later", at: 131)
    #expect(loop.turn(milliseconds: 0) == 0)
    try loop.advanceClock(nanoseconds: 30)
    #expect(diary.all == ["first at 110", "second at 110", "last at 130"])
    #expect(loop.now == 130)
    try loop.advanceClock(nanoseconds: 1)
    #expect(diary.all.last == "later at 131")
  }

  @Test("A deadline that has passed is reached in the next turn")
  func passed() throws {
    try note("late", at: 7)
    #expect(diary.all == [])
    #expect(loop.turn(milliseconds: 0) == 1)
    #expect(loop.turn(milliseconds: 0) == 0)
    #expect(diary.all == ["late at 100"])
  }

  @Test("A handler may schedule again; what is due then runs while the clock moves")
  func again() throws {
    try loop.schedule(at: 110) { [loop, diary] in
      diary.note("once at \(loop.now)")
      _ = try? loop.schedule(at: 120) { diary.note("twice at \(loop.now)") }
      _ = try? loop.schedule(at: 200) { diary.note("thrice") }
    }
    try loop.advanceClock(nanoseconds: 50)
    #expect(diary.all == ["once at 110", "twice at 120"])
    #expect(loop.now == 150)
  }

  @Test("A cancelled timer does not run, whoever cancels it")
  func cancelled() throws {
    let second = try note("second", at: 120)
    try loop.schedule(at: 110) { second.cancel() }
    let third = try note("third", at: 130)
    third.cancel()
    try loop.advanceClock(nanoseconds: 100)
    #expect(diary.all == [])
  }

  @Test("A timer may be cancelled by its own handler")
  func cancelsItself() throws {
    let own = Mutex<(any EventTimer)?>(nil)
    let timer = try loop.schedule(at: 110) { [diary] in
      own.withLock { $0 }?.cancel()
      diary.note("done")
    }
    own.withLock { $0 = timer }
    try loop.advanceClock(nanoseconds: 10)
    #expect(diary.all == ["done"])
  }

  @Test("The clock stops at the end of time")
  func end() throws {
    try loop.advanceClock(nanoseconds: .max)
    #expect(loop.now == .max)
    try loop.advanceClock(nanoseconds: 1)
    #expect(loop.now == .max)
  }

  @Test("The machine's clock cannot be moved, and runs timers by itself")
  func machine() throws {
    let loop = SteppedLoop(poller: SystemPoller())
    #expect(throws: BenchError.unsupported("the bench has no virtual clock")) {
      try loop.advanceClock(nanoseconds: 1)
    }
    let before = loop.now
    try loop.schedule(at: before + 1_000_000) { [diary] in diary.note("rung") }
    while diary.all.isEmpty { loop.turn(milliseconds: 1000) }
    #expect(loop.now >= before + 1_000_000)
  }
}

import RingMemory
import XenNetif

/// Plays a case, and notes where what is seen is not what was measured.
final class GoldenPlayer {
  let golden: GoldenCase
  let bench: GoldenBench
  /// Where they differ, each with what was measured and what is seen.
  private(set) var differences: [String] = []
  /// The number of the step.
  var step = 0
  /// Requests that wait to be told which queue they are for.
  var pending: [(slot: Int, bytes: [UInt8], isTransmit: Bool, page: String?)] = []
  /// The page of each request to receive, by queue and slot.
  var posted: [[Int]: String] = [:]
  /// The rings whose event was set by hand in this step.
  var heldEvents: Set<String> = []
  /// The number of times a channel had been raised when the step began.
  var raisedBefore: [Int] = []
  /// Whether the device behind the netback can do nothing itself once a case says so; what comes out of
  /// the netback is then compared with what that device got.
  let isFinishing: Bool
  /// Whether the frontend makes new rings before it connects.
  var beginsAnew = false
  /// Whether a page has been overwritten that is to be as before in the next step.
  var isOverwritten = false
  /// When something was last published, in nanoseconds.
  var publishedAt: UInt64 = 0

  init(
    _ golden: GoldenCase,
    isFinishing: Bool = false,
    _ makeNetback: (GoldenNetbackRequest) throws -> any GoldenNetback
  ) throws {
    self.golden = golden
    self.isFinishing = isFinishing
    bench = try GoldenBench(golden, makeNetback)
  }

  /// Plays all steps.
  func play() throws {
    bench.settle()
    check("first state", 2, bench.frontend.backendState.rawValue)
    if golden.front != nil { try connect() }
    bench.frames = []
    for number in golden.steps.indices {
      step = number
      try play(golden.steps[number])
    }
    check("came to rest", true, bench.cameToRest)
    checkCarrier(golden.final.carrier)
    // A state that was read while it was about to change is no final one.
    if golden.steps.isEmpty { return }
    check("state at the end", golden.final.backendState, bench.frontend.backendState.rawValue)
  }

  /// Notes a difference, if there is one.
  func check<Value: Equatable>(_ what: String, _ measured: Value, _ seen: Value) {
    guard measured != seen else { return }
    differences.append("step \(step): \(what): measured \(measured), seen \(seen)")
  }

  /// Compares the carrier, which could not be read of an interface that was not up.
  func checkCarrier(_ measured: Int) {
    if measured >= 0 { check("carrier", measured, bench.netback.hasCarrier ? 1 : 0) }
  }

  /// The states that the backend told while `body` ran.
  func states(during body: () throws -> Void) rethrows -> [Int] {
    let before = bench.hypervisor.storeChanges.count
    try body()
    let path = bench.directories.backendPath + "/state"
    return bench.hypervisor.storeChanges.dropFirst(before).filter { $0.path == path }
      .compactMap { Int($0.value ?? "") }
  }

  private func connect() throws {
    let states = try states {
      try bench.frontend.connect()
      bench.settle()
    }
    check("told to be \(golden.connectState ?? 0)", true, states.contains(golden.connectState ?? 0))
    bench.wait(200)
  }

  private func play(_ step: GoldenStep) throws {
    raisedBefore = bench.frontend.queues.map { raised($0.transmit.channel) }
    heldEvents = []
    for operation in step.operations { try play(operation) }
    flush(queue: 0)
    if !step.operations.contains(where: \.hasTime) { bench.wait(isAnswered ? 90 : 320) }
    observe(step.observation)
    if isOverwritten { try bench.pages.restore("P0") }
    isOverwritten = false
  }

  /// Whether all requests to send have been answered.
  private var isAnswered: Bool {
    bench.transmit.allSatisfy {
      $0.guest.ring.responseProducer.load() == $0.guest.ring.requestProducer.load()
    }
  }

  func raised(_ channel: EventChannel) -> Int {
    bench.domain.counts(of: channel)?.raised ?? 0
  }
}

extension GoldenOperation {
  /// Whether it says itself how much time passes.
  var hasTime: Bool { text?.contains("ms") == true || text?.contains("s later") == true }
}

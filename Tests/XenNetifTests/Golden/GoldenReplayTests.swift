import Testing
import XenNetif

@Suite("Cases that were measured on a real netback")
struct GoldenReplayTests {
  @Test(
    "every case is as it was measured, but for the departures",
    arguments: try GoldenFile.all.get()
  )
  func replays(_ golden: GoldenCase) throws {
    let player = try GoldenPlayer(golden) { try ReplayedNetback($0) }
    try player.play()
    #expect(player.differences == GoldenDepartures.all[golden.name] ?? [])
  }

  @Test("what a device gets that can do nothing itself is as it was measured")
  func finishes() throws {
    let golden = try golden("bridge-tx-csum-to-tap")
    let finished = golden.steps.flatMap(\.operations).filter { $0.vflags == 0 }
    #expect(finished.count == 5)
    let player = try GoldenPlayer(golden, isFinishing: true) { try ReplayedNetback($0) }
    try player.play()
    #expect(player.differences == [])
  }

  @Test("all cases are there, and departures are of cases that are there")
  func hasAll() throws {
    let names = try GoldenFile.all.get().map(\.name)
    #expect(names.count == 343)
    #expect(Set(names).count == names.count)
    #expect(Set(GoldenDepartures.all.keys).isSubset(of: names))
  }

  /// A change of what Linux does, and a case that shows it.
  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout NetbackPolicy) -> Void

    init(_ name: String, _ change: @escaping @Sendable (inout NetbackPolicy) -> Void) {
      testDescription = name
      self.change = change
    }
  }

  @Test(
    "a netback that does one thing otherwise is noticed",
    arguments: [
      Change("tx-mixed-order") { $0.responseOrder = .inOrder },
      Change("tx-badgref-1000-pos2") { $0.responseOrder = .inOrder },
      Change("tx-size-128") { $0.headLength = 127 },
      Change("tx-gso-udp4") { $0.matchesSegmentation = true },
      Change("xs-num-queues-str-3") { $0.maximumQueues = .max },
      Change("xs-feature-list") { $0.offers.remove(.headroom) },
      Change("xs-num-queues-str-9") { $0.numberForm = .exact },
      Change("xs-mac-12") { $0.addressForm = .exact },
      Change("xs-no-rx-copy") { $0.requiresReceiveCopy = true },
      Change("xs-no-tx-ring") { $0.connectsDespiteErrors = false },
      Change("rx-prod-80000000") { $0.checksReceiveProducer = true },
      Change("rx-queue-bound-60") { $0.receiveQueueBytes += 60 },
      Change("rx-expiry-11s") { $0.receiveExpiry = 20_000_000_000 },
      Change("rx-xdp-headroom-at-connect") { $0.headroomForm = .inOffset },
      Change("mcast-duplicate-add") { $0.multicastLimit = 66 },
      Change("mcast-duplicate-add") { $0.keepsDuplicateGroups = false },
      Change("ctrl-hash-key") { $0.longKeyStatus = .bufferOverflow },
    ]
  )
  func notices(_ change: Change) throws {
    let player = try GoldenPlayer(golden(change.testDescription)) { request in
      try ReplayedNetback(request, changing: change.change)
    }
    try player.play()
    #expect(player.differences != [])
  }

  private func golden(_ name: String) throws -> GoldenCase {
    try #require(try GoldenFile.all.get().first { $0.name == name })
  }
}

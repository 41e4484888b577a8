import Foundation
import NetBackend
import Netmap
import Testing

/// The netmap backend against its model, on rings of any kind.
///
/// `NETMAP_MODEL_SEED` plays the one session of that seed, as a difference names it;
/// `NETMAP_MODEL_ROUNDS` changes how many rounds there are.
@Suite struct NetmapModelTests {
  private static let roundsPerSession = 500

  private static let rounds = 100_000

  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  /// The seeds of the sessions to play.
  private static func seeds(_ usual: Int) -> ClosedRange<UInt64> {
    if let seed = number("NETMAP_MODEL_SEED") { return seed...seed }
    let rounds = number("NETMAP_MODEL_ROUNDS").map { Int(clamping: $0) } ?? usual
    return 1...UInt64(max(1, rounds / roundsPerSession))
  }

  @Test func `A hundred thousand random rounds give what the model says`() throws {
    let buffers = ModelBuffers()
    for seed in Self.seeds(Self.rounds) {
      try ModelSession(seed: seed, buffers: buffers).run(Self.roundsPerSession)
    }
  }

  @Test func `On a switch the headers are converted as the model says`() throws {
    let buffers = ModelBuffers()
    for seed in Self.seeds(Self.rounds / 5) {
      try ModelSwitchSession(seed: seed, buffers: buffers).run(Self.roundsPerSession)
    }
  }

  @Test(arguments: WrongModelSubject.allCases)
  func `A wrong backend is found out by the model`(_ wrong: WrongModelSubject) throws {
    let buffers = ModelBuffers()
    let difference = #expect(throws: ModelDifference.self) {
      for seed: UInt64 in 1...20 {
        try ModelSession(seed: seed, buffers: buffers, wrap: wrong.wrap)
          .run(Self.roundsPerSession)
      }
    }
    #expect(difference?.what.hasPrefix(wrong.difference) == true)
  }

  @Test func `A difference comes again with its seed`() throws {
    let wrong = WrongModelSubject.cutsChains
    func difference(_ seeds: ClosedRange<UInt64>) -> ModelDifference? {
      #expect(throws: ModelDifference.self) {
        for seed in seeds {
          try ModelSession(seed: seed, buffers: ModelBuffers(), wrap: wrong.wrap)
            .run(Self.roundsPerSession)
        }
      }
    }
    let first = try #require(difference(1...20))
    let again = try #require(difference(first.seed...first.seed))
    #expect(again.description == first.description)
  }
}

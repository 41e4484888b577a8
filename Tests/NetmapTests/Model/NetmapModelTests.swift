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

  private static func number(_ name: String) -> UInt64? {
    ProcessInfo.processInfo.environment[name].flatMap { UInt64($0) }
  }

  @Test func `A hundred thousand random rounds give what the model says`() throws {
    let rounds = Self.number("NETMAP_MODEL_ROUNDS").map { Int($0) } ?? 100_000
    let sessions = UInt64(max(1, rounds / Self.roundsPerSession))
    let seeds = Self.number("NETMAP_MODEL_SEED").map { $0...$0 } ?? 1...sessions
    let buffers = ModelBuffers()
    for seed in seeds {
      try ModelSession(seed: seed, buffers: buffers).run(Self.roundsPerSession)
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

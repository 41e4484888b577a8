import BackendConformance
import BhyveConformance
import Foundation
import Testing

/// What the seed does with rings, slot by slot, as an independent model of it has it.
@Suite("The vectors of the seed")
struct VectorTests {
  static let scripts = Result {
    try ScriptFile.load(directory: ProjectFile.url("Fixtures/bhyve").path())
  }

  @Test("Each is met under the profile, on a card and on a switch", arguments: ["netmap", "vale"])
  func vectors(kind: String) throws {
    let runner = ScenarioRunner(BhyveBench.factory(kind: kind), profile: .bhyve)
    let scripts = try Self.scripts.get()
    #expect(scripts.count >= 24)
    for script in scripts {
      let finding = runner.play(script).finding
      #expect(finding == nil, "\(script.requirement): \(script.name)")
      #expect(Catalogue.requirement(script.requirement) != nil, "\(script.requirement)")
    }
  }

  @Test("They are not for another profile")
  func otherProfile() throws {
    let runner = ScenarioRunner(BhyveBench.factory(kind: "netmap"))
    let script = try #require(try Self.scripts.get().first)
    #expect(runner.play(script).finding == .unsupported("is for the profile bhyve"))
  }
}

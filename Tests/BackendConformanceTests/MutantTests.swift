import BackendConformance
import Mutants
import Testing

/// Every check has been seen to fail: each mutant fails the requirement that it is named for.
@Suite struct MutantTests {
  @Test(
    "The requirement that a mutant breaks fails, and says what was observed",
    arguments: Mutants.all.map(\.name)
  )
  func mutantIsFound(name: String) throws {
    let mutant = try #require(Mutants.named(name))
    let requirement = try #require(Catalogue.requirement(mutant.breaks))
    let runner = ScenarioRunner(mutant.factory, stepLimit: 1500)
    let scenario = runner.run(requirement)
    #expect(scenario.suiteFault == nil)
    #expect(scenario.result.judgement.verdict == .failed)
    let failure = try #require(scenario.result.judgement.failure)
    #expect(failure.observed.contains(mutant.observed), "\(failure)")
  }

  @Test(
    "A netback that breaks the protocol in passing fails what every backend has to do",
    arguments: ["xen.copies-whole-lines", "xen.copies-whole-words"]
  )
  func protocolIsWatched(name: String) throws {
    let mutant = try #require(Mutants.named(name))
    let requirement = try #require(Catalogue.requirement("send/every-length-passes"))
    let failure = ScenarioRunner(mutant.factory).run(requirement).result.judgement.failure
    let found = try #require(failure)
    #expect(found.allowed.contains("a netback keeps to the protocol"))
    #expect(
      found.observed.contains(
        "bytes of the page of receive request 0 that were changed and belong to no packet"
      )
    )
  }

  @Test func namesAreDistinct() {
    #expect(Set(Mutants.all.map(\.name)).count == Mutants.all.count)
  }

  @Test("A requirement that can be tested is proven")
  func everyRequirementIsProven() {
    let unproven = Catalogue.all.filter {
      $0.untestable == nil && !Mutants.provenSlugs.contains($0.slug)
    }
    #expect(unproven.map(\.slug) == [])
  }
}

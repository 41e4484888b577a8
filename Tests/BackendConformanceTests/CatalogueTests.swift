import BackendConformance
import Testing

@Suite struct CatalogueTests {
  @Test func slugsAreDistinct() {
    #expect(Set(Catalogue.all.map(\.slug)).count == Catalogue.all.count)
  }

  @Test("A slug is a section and words joined by hyphens", arguments: Catalogue.all.map(\.slug))
  func slugIsWellFormed(slug: String) {
    let parts = slug.split(separator: "/", omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    #expect(parts.allSatisfy { !$0.isEmpty })
    #expect(slug.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" || $0 == "/" })
  }

  @Test("A requirement says what, why and where from", arguments: Catalogue.all.map(\.slug))
  func requirementIsComplete(slug: String) throws {
    let requirement = try #require(Catalogue.requirement(slug))
    #expect(!requirement.sentence.hasSuffix("."))
    #expect(!requirement.reason.isEmpty)
    #expect(!requirement.sources.isEmpty)
    #expect((requirement.untestable == nil) != requirement.scripts.isEmpty)
    let names = requirement.scripts.map(\.name)
    #expect(Set(names).count == names.count, "case names are distinct")
  }
}

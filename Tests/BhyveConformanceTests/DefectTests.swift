import BackendConformance
import BhyveConformance
import Foundation
import Testing

/// What the seed breaks is known, named and explained.
@Suite("The defects of the seed")
struct DefectTests {
  static let golden = "Fixtures/bhyve-defects.tsv"

  @Test("They are those of the golden file, each with its quirk")
  func golden() throws {
    let found = SeedBackend.all.flatMap { Defect.found(by: $0.factory) }
    let named = Set(Profile.bhyve.quirks.map(\.name))
    for defect in found { #expect(named.contains(defect.quirk), "\(defect)") }
    let text = found.map { "\($0)\n" }.joined()
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
      try text.write(to: ProjectFile.url(Self.golden), atomically: true, encoding: .utf8)
    }
    let kept = try ProjectFile.text(Self.golden)
    #expect(text == kept)
    #expect(Set(found.map(\.quirk)).count >= 25)
  }

  @Test("Each quirk has a section in the documentation that names its lines and requirements")
  func documentation() throws {
    let sections = try ProjectFile.text("Documentation/bhyve.md").components(separatedBy: "\n### ")
    for quirk in Profile.bhyve.quirks {
      let named = sections.first { $0.hasPrefix("\(quirk.name)\n") }
      let section = try #require(named, "\(quirk.name)")
      for source in quirk.sources {
        let lines = source.replacing("bhyve net_backends.c ", with: "")
        #expect(section.contains(lines), "\(quirk.name): \(lines)")
      }
      for slug in quirk.requirements { #expect(section.contains(slug), "\(quirk.name): \(slug)") }
    }
    #expect(sections.count == Profile.bhyve.quirks.count + 1)
  }
}

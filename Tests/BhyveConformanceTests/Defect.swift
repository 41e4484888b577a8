import BackendConformance
import BhyveConformance
import Foundation

/// A requirement that the seed breaks, as a line of the golden file.
struct Defect: Equatable, CustomStringConvertible {
  let backend: String
  let requirement: String
  let quirk: String

  var description: String {
    [backend, requirement, quirk, lines].joined(separator: "\t")
  }

  /// Where the quirk stands in the seed.
  private var lines: String {
    let known = Profile.bhyve.quirks.first { $0.name == quirk }
    let sources = known?.sources ?? ["?"]
    return sources.map { $0.replacing("bhyve net_backends.c ", with: "") }.joined(separator: ", ")
  }

  /// What a backend breaks, in the order of the catalogue.
  static func found(by factory: TestbenchFactory) -> [Defect] {
    let runner = ScenarioRunner(factory)
    let requirements = Catalogue.all.filter { $0.untestable == nil && factory.plays($0) }
    return requirements.compactMap { requirement in
      let judgement = runner.run(requirement).result.judgement
      guard judgement.verdict != .passed, judgement.verdict != .unsupported else { return nil }
      let quirk = judgement.failure?.quirk ?? "\(judgement)"
      return Defect(backend: factory.name, requirement: requirement.slug, quirk: quirk)
    }
  }
}

/// A file of the project.
enum ProjectFile {
  static func url(_ path: String) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: path)
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: url(path), encoding: .utf8)
  }
}

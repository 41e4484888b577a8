import BackendConformance
import Foundation
import Testing

@Suite("The catalogue is told as text and as data")
struct ListTests {
  @Test("A line a requirement, with obligation, cases and families")
  func text() throws {
    let result = try Command.run("list")
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == Catalogue.all.count)
    let line = try #require(lines.first { $0.hasPrefix("receive/short-buffer-is-reported ") })
    #expect(line.contains("MUST") && line.contains(" cases") && line.contains("every family"))
  }

  @Test("The data have the same requirements")
  func json() throws {
    let result = try Command.run("list", "level:must", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let requirements = (document as? [String: Any])?["requirements"] as? [[String: Any]]
    let expected = Catalogue.all.filter { $0.obligation == .must }.map(\.slug)
    #expect(requirements?.compactMap { $0["slug"] as? String } == expected)
  }

  @Test("With a backend, what would run is told, and why the rest would not")
  func outlook() throws {
    let result = try Command.run("list", "--backend", "sim:all", "--skip", "receive/*")
    #expect(result.output.contains("sim:tap  would run\n"))
    #expect(result.output.contains("sim:vmnet  would not run: skipped: asked for"))
  }

  @Test("Every requirement can be explained", arguments: Catalogue.all.map(\.slug))
  func explain(slug: String) throws {
    let result = try Command.run("explain", slug)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("\(slug)   "))
    #expect(result.output.contains("\n  requires     "))
    #expect(result.output.contains("\n  because      "))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test("With a profile, what it decides and which quirks concern a requirement is told")
  func profile() throws {
    let result = try Command.run("list", "send/*", "--profile", "xen-linux")
    #expect(result.output.contains("send/keeps-the-order "))
    #expect(result.output.contains("\n  quirk Q-LARGEST-MTU\nsend/empty-elements-are-skipped "))
    let json = try Command.run(
      "list",
      "send/keeps-the-order",
      "--profile",
      "xen-linux",
      "--format",
      "json"
    )
    #expect(json.output.contains("\"profile\" : [\n        \"quirk Q-LARGEST-MTU\"\n      ]"))
    let usual = try Command.run("list", "send/keeps-the-order", "--format", "json")
    #expect(!usual.output.contains("\"profile\""))
  }

  @Test("With a profile, what a quirk expects is shown in place of what is allowed")
  func explainedQuirk() throws {
    let slug = "send/every-length-passes"
    let result = try Command.run("explain", slug, "--case", "20", "--profile", "xen-linux")
    #expect(
      result.output.contains("\n  profile      xen-linux: a netback that decides as Linux does\n")
    )
    #expect(result.output.contains("\n  quirks       Q-LARGEST-MTU: "))
    #expect(result.output.contains("allowed: error frameTooLong(maximum: 65531)\n"))
    let strict = try Command.run("explain", slug, "--case", "20")
    #expect(strict.output.contains("allowed: 65535 bytes\n"))
  }

  @Test("The case that is explained as YAML is a fixture")
  func fixture() throws {
    let folder = try Scratch()
    let slug = "receive/short-buffer-is-reported"
    let result = try Command.run("explain", slug, "--case", "2", "--format", "yaml")
    try folder.write(result.output, to: "mine.yaml")
    let replayed = try Command.run("replay", "mine.yaml", "--backend", "sim:tap", "-v", in: folder)
    #expect(replayed.status == 0)
    #expect(replayed.output.contains("PASS   \(slug)"))
  }

  @Test("Each schema is a JSON document", arguments: ["event", "fixture", "report"])
  func schema(name: String) throws {
    let result = try Command.run("schema", name)
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    #expect((document as? [String: Any])?["$schema"] is String)
  }
}

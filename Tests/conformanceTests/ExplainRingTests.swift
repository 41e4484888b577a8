import Foundation
import Testing

@Suite("A dumped ring page is explained")
struct ExplainRingTests {
  /// A page with three slots of one packet, and one that ends beyond its page.
  private static let page: [UInt8] = {
    var page = [UInt8](repeating: 0, count: 4096)
    page.replaceSubrange(0..<16, with: [4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0])
    let slots: [UInt8] = [
      0x01, 1, 0, 0, 0, 0, 4, 0, 0x10, 0, 0xC8, 0,
      0x02, 1, 0, 0, 0, 0, 4, 0, 0x11, 0, 0x28, 0,
      0x03, 1, 0, 0, 0, 0, 0, 0, 0x12, 0, 0x32, 0,
      0x2A, 0, 0, 0, 0xC5, 0x0F, 0, 0, 0x07, 0, 0x3C, 0,
    ]
    page.replaceSubrange(64..<64 + slots.count, with: slots)
    return page
  }()

  private func file(_ bytes: [UInt8], in folder: Scratch) throws {
    try Data(bytes).write(to: folder.url.appending(path: "tx.page"))
  }

  @Test("Slot by slot, with what is wrong")
  func explained() throws {
    let folder = try Scratch()
    try file(Self.page, in: folder)
    let result = try Command.run("explain-ring", "tx.page", in: folder)
    #expect(result.status == 0)
    #expect(result.errors == "")
    let snapshot = Self.folder.appending(path: "explained-ring.txt")
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] != nil {
      try result.output.write(to: snapshot, atomically: true, encoding: .utf8)
    }
    #expect(result.output == (try String(contentsOf: snapshot, encoding: .utf8)))
  }

  @Test("The rules are those that are asked for")
  func policy() throws {
    let folder = try Scratch()
    try file(Self.page, in: folder)
    let result = try Command.run("explain-ring", "tx.page", "--policy", "freebsd", in: folder)
    #expect(result.output.contains("! error: slot 0 of the chain ends at byte 4097"))
  }

  @Test("Each ring can be explained", arguments: ["transmit", "receive", "control"])
  func ring(_ name: String) throws {
    let folder = try Scratch()
    try file([UInt8](repeating: 0, count: 4096), in: folder)
    let result = try Command.run("explain-ring", "tx.page", "--ring", name, in: folder)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("\(name) ring, "))
    #expect(result.output.hasSuffix("responses: none\n"))
  }

  @Test("What is not a page is bad input", arguments: [(0, "0"), (4095, "4095"), (5000, "more")])
  func size(_ count: Int, _ found: String) throws {
    let folder = try Scratch()
    try file([UInt8](repeating: 0, count: count), in: folder)
    let result = try Command.run("explain-ring", "tx.page", in: folder)
    #expect(result.status == 66)
    #expect(result.output == "")
    let sentence = "tx.page: expected 4096 bytes, a ring's page, found \(found)"
    #expect(result.errors.contains(sentence))
  }

  @Test("So is what cannot be read")
  func unreadable() throws {
    let folder = try Scratch()
    let missing = try Command.run("explain-ring", "no.page", in: folder)
    #expect(missing.status == 66)
    #expect(
      missing.errors.contains("no.page: expected a file that can be read, found no such file")
    )
    let directory = try Command.run("explain-ring", ".", in: folder)
    #expect(directory.status == 66)
    #expect(directory.errors.contains(".: expected a file that can be read, found a directory"))
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots")
}

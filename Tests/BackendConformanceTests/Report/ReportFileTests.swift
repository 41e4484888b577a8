import BackendConformance
import FoundationEssentials
import Testing

@Suite("Report files")
struct ReportFileTests {
  private func inDirectory(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.path() + "report-\(UUID())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    try body(directory)
  }

  private func contents(_ directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory)
  }

  @Test("A file appears whole, over an older one, when it is committed")
  func commit() throws {
    try inDirectory { directory in
      let path = directory + "/report.json"
      try ReportFile.write("old and longer", to: path)
      let file = try ReportFile(path)
      try file.write("ne")
      try file.write("w")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old and longer")
      try file.commit()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
      #expect(try contents(directory) == ["report.json"])
    }
  }

  @Test("A file that is not committed leaves nothing behind")
  func abandoned() throws {
    try inDirectory { directory in
      _ = try ReportFile(directory + "/report.json")
      #expect(try contents(directory) == [])
    }
  }

  @Test("A failure names the path and the errno, and leaves nothing behind")
  func failure() throws {
    try inDirectory { directory in
      let missing = directory + "/none/report.json"
      #expect(throws: ReportFileError(.open, path: missing, errno: 2)) {
        try ReportFile.write("", to: missing)
      }
      let taken = directory + "/taken"
      try FileManager.default.createDirectory(atPath: taken, withIntermediateDirectories: true)
      #expect(throws: ReportFileError(.open, path: taken, errno: 21)) {
        try ReportFile.write("", to: taken)
      }
      #expect(try contents(directory) == ["taken"])
    }
  }

  @Test("A device is written in place and not replaced")
  func device() throws {
    try ReportFile.write("gone", to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
  }
}

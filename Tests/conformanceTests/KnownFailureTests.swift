import Testing

@Suite("Failures that are known")
struct KnownFailureTests {
  let folder: Scratch

  init() throws {
    folder = try Scratch()
    try folder.write(Fixture.failing, to: "fixtures/x.yaml")
  }

  private func run(_ arguments: String...) throws -> Command.Result {
    let command = Command(
      ["run", "--backend", "sim:tap", "--fixtures", "fixtures"] + arguments,
      in: folder
    )
    try command.start()
    return command.result()
  }

  @Test("are expected once the file is written, and leave no evidence")
  func update() throws {
    let first = try run("--known-failures", "known.yaml", "--update-known-failures")
    #expect(first.status == 1)
    #expect(first.errors.contains("known.yaml now has 1 entries"))
    let second = try run("--known-failures", "known.yaml")
    #expect(second.status == 0)
    #expect(second.output.contains("1 expected failures"))
    #expect(!second.output.contains("evidence"))
  }

  @Test("that pass are told, and fail the run")
  func unexpectedPass() throws {
    _ = try run("--known-failures", "known.yaml", "--update-known-failures")
    let passing =
      Fixture.passing
      + "requirement: receive/short-buffer-is-reported\n"
    try folder.write(passing, to: "fixtures/x.yaml")
    let result = try run("--known-failures", "known.yaml")
    #expect(result.status == 3)
    #expect(result.output.contains("XPASS"))
    #expect(result.errors.contains("step 2, is stale: it passed"))
  }

  @Test("are not written by a run that is only to read them, and their file must exist")
  func missingFile() throws {
    let result = try run("--known-failures", "known.yaml")
    #expect(result.status == 66)
    #expect(result.errors.contains("known.yaml: expected"))
  }

  @Test("are updated only in a file that is named")
  func unnamedFile() throws {
    let result = try run("--update-known-failures")
    #expect(result.status == 64)
    #expect(result.errors.contains("name the file to update with --known-failures"))
  }
}

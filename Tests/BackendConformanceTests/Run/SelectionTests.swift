import BackendConformance
import Testing

@Suite("Choosing scenarios")
struct SelectionTests {
  static let catalogue = [
    ReportSample.requirement("receive/short-buffer"),
    ReportSample.requirement("receive/whole", .should),
    ReportSample.requirement("send/short-frame", .may),
  ]

  private func slugs(_ patterns: [String], shard: Shard? = nil) throws -> [String] {
    try Selection(patterns, shard: shard, among: Self.catalogue).selected(among: Self.catalogue)
      .map(\.requirement.slug)
  }

  @Test(
    "A pattern chooses by segments of the slug, by level or by family",
    arguments: [
      ([], [0, 1, 2]), (["receive/*"], [0, 1]), (["**/short-*"], [0, 2]), (["**"], [0, 1, 2]),
      (["*/*h*le"], [1]), (["level:must"], [0]), (["level:SHOULD", "send/**"], [1, 2]),
      (["family:tap"], [0, 1, 2]), (["send/short-frame"], [2]),
    ] as [([String], [Int])]
  )
  func patterns(patterns: [String], indices: [Int]) throws {
    #expect(try slugs(patterns) == indices.map { Self.catalogue[$0].slug })
  }

  @Test(
    "What chooses nothing is an error with a suggestion",
    arguments: [
      ("receive/hole", #""receive/hole" matches no scenario; did you mean receive/whole?"#),
      (
        "recv/short*",
        #"matches no scenario; did you mean receive/short-buffer or send/short-frame?"#
      ),
      (
        "receive",
        #""receive" matches no scenario; did you mean receive/short-buffer or receive/whole?"#
      ),
      ("*", #""*" matches no scenario"#),
      ("level:mist", #""mist" is not one of must, should, may; did you mean "must"?"#),
      ("levl:must", #""levl" is not one of level, family; did you mean "level"?"#),
      ("@/nonexistent", "/nonexistent: expected a file that can be read, found no such file"),
    ]
  )
  func nothing(pattern: String, message: String) {
    let error = #expect(throws: SelectionError.self) { try slugs([pattern]) }
    #expect(error?.description.hasSuffix(message) == true, "\(String(describing: error))")
  }

  @Test("What is skipped stays selected, and is marked")
  func skip() throws {
    let selection = try Selection([], skip: ["send/*"], among: Self.catalogue)
    #expect(selection.selected(among: Self.catalogue).map(\.isSkipped) == [false, false, true])
  }

  @Test("Every scenario is in exactly one shard")
  func shards() throws {
    let parts = try (1...3).map { try slugs([], shard: Shard("\($0)/3")) }
    #expect(parts.flatMap { $0 }.sorted() == Self.catalogue.map(\.slug).sorted())
  }

  @Test(
    "A shard that does not exist is an error",
    arguments: ["0/3", "4/3", "1/0", "1", "a/b", "1/-1"]
  )
  func invalidShard(text: String) {
    #expect(throws: SelectionError.invalidShard(text)) { try Shard(text) }
  }

  @Test(
    "The variables of a scheduler choose a shard",
    arguments: [
      (["JOB_COMPLETION_INDEX": "1", "JOB_COMPLETION_COUNT": "8"], "2/8"),
      (["CI_NODE_INDEX": "2", "CI_NODE_TOTAL": "8"], "2/8"),
      (["SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "8"], "2/8"),
      (
        [
          "SLURM_ARRAY_TASK_ID": "6", "SLURM_ARRAY_TASK_COUNT": "8", "SLURM_ARRAY_TASK_MIN": "5",
        ], "2/8"
      ),
      ([:], nil), (["CI_NODE_INDEX": "2"], nil),
    ] as [([String: String], String?)]
  )
  func environment(variables: [String: String], shard: String?) throws {
    #expect(try Shard(environment: variables) == shard.map { try Shard($0) })
  }
}

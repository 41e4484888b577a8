/// One part of a selection, the same scenarios on every machine.
public struct Shard: Equatable, Sendable {
  /// Which part, counted from 0.
  public let index: Int
  /// The number of parts.
  public let count: Int

  /// Reads `2/8`, the second of eight parts.
  public init(_ text: String) throws(SelectionError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      (1...max(1, count)).contains(number),
      count > 0
    else { throw .invalidShard(text) }
    (index, self.count) = (number - 1, count)
  }

  /// Reads the variables of the usual schedulers; `nil` if there are none.
  ///
  /// Kubernetes and Slurm count jobs from 0, GitLab from 1. Slurm arrays may begin elsewhere.
  public init?(environment: [String: String]) throws(SelectionError) {
    let names = [
      ("JOB_COMPLETION_INDEX", "JOB_COMPLETION_COUNT", "", 0),
      ("CI_NODE_INDEX", "CI_NODE_TOTAL", "", 1),
      ("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", 0),
    ]
    for (indexName, countName, firstName, usualFirst) in names {
      guard let index = environment[indexName], let count = environment[countName] else { continue }
      let first = environment[firstName].flatMap { Int($0) } ?? usualFirst
      guard let number = Int(index)?.subtractingReportingOverflow(first), !number.overflow,
        number.partialValue < Int.max
      else { throw .invalidShard("\(index)/\(count)") }
      self = try Shard("\(number.partialValue + 1)/\(count)")
      return
    }
    return nil
  }

  /// Whether the scenario with that slug belongs to this part.
  public func contains(_ slug: String) -> Bool { Self.hash(slug) % UInt64(count) == UInt64(index) }

  /// FNV-1a with its bits mixed: the same in every process, unlike the standard library's hash.
  private static func hash(_ slug: String) -> UInt64 {
    let hash = slug.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    let mixed = (hash ^ hash >> 32) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 32
  }
}

internal import ArgumentParser
internal import BackendConformance
internal import Foundation

/// The options that choose scenarios, the same for every command that plays or lists them.
struct ScenarioChoice: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "What to choose: slugs with wildcards (receive/*, **/short-*), level:must, family:tap, "
        + "or @FILE with one of these a line; without any, everything.",
      valueName: "id"
    )
  )
  var ids: [String] = []

  @Option(help: ArgumentHelp("What to leave out, in the same form; repeatable.", valueName: "id"))
  var skip: [String] = []

  @Flag(help: "Only what failed last time.")
  var failed = false

  @Option(
    help: ArgumentHelp(
      "A stable part of the choice, such as 2/8; also taken from CI_NODE_INDEX and the like.",
      valueName: "n/of"
    )
  )
  var shard: String?

  @Option(
    help: ArgumentHelp("Where the evidence of failures is kept.", valueName: "dir")
  )
  var evidence = ".conformance"
}

extension ScenarioChoice {
  /// What was chosen of some requirements, in their order.
  func selected(of requirements: [Requirement]) throws(CommandFailure) -> [Suite.Selected] {
    do throws(SelectionError) {
      let selection = try Selection(ids, skip: skip, shard: try part(), among: requirements)
      return try onlyFailed(selection.selected(among: requirements))
    } catch {
      throw CommandFailure(error.isAboutFile ? .badInput : .usage, error.description)
    }
  }

  private func onlyFailed(
    _ selected: [Suite.Selected]
  ) throws(SelectionError) -> [Suite.Selected] {
    guard failed else { return selected }
    do throws(InputFileError) {
      let slugs = Set(try LastRun(root: evidence).failed())
      if slugs.isEmpty { StandardError.note("nothing failed last time") }
      return selected.filter { slugs.contains($0.requirement.slug) }
    } catch {
      throw .file(error)
    }
  }

  private func part() throws(SelectionError) -> Shard? {
    if let shard { return try Shard(shard) }
    let part = try Shard(environment: ProcessInfo.processInfo.environment)
    if let part {
      StandardError.note("playing shard \(part.index + 1)/\(part.count), as the environment says")
    }
    return part
  }
}

extension SelectionError {
  /// Whether a file is at fault, not the command line.
  fileprivate var isAboutFile: Bool {
    if case .file = self { true } else { false }
  }
}

internal import BackendConformance
internal import NetBackend
internal import Tap

// The ways in which a tap backend can be made wrong.
extension Mutant {
  /// The port that a wrong port is put in front of.
  typealias RightPort = ScriptedTap<SimulatedTap>

  /// A tap backend that is right but for what a wrong backend around it does.
  init(
    tap name: String,
    breaks: String,
    observed: String,
    backend: any WrongBackend.Type
  ) {
    self.init(tap: name, breaks: breaks, observed: observed) { request, port throws(BackendError) in
      let request = try backend.adjust(request)
      return backend.init(try TapBackend(request, port: port), request)
    }
  }

  /// A right tap backend over a wrong port.
  init<Port: TapPort>(
    tap name: String,
    breaks: String,
    observed: String,
    port wrong: @escaping @Sendable (RightPort) -> Port
  ) {
    self.init(tap: name, breaks: breaks, observed: observed) { request, port throws(BackendError) in
      try TapBackend(request, port: wrong(port))
    }
  }

  /// A registry that selects by a wrong rule.
  init(
    tap name: String,
    breaks: String,
    observed: String,
    select: @escaping SimulatedTapBench.Bench.Selector
  ) {
    self.init(
      name,
      breaks: breaks,
      observed: observed,
      factory: SimulatedTapBench.factory(
        prefix: "tap",
        name: "mutant:\(name)",
        selector: select
      )
    )
  }

  /// A tap backend that is opened in a wrong way.
  init(
    tap name: String,
    breaks: String,
    observed: String,
    opener: @escaping SimulatedTapBench.Bench.Opener
  ) {
    self.init(
      name,
      breaks: breaks,
      observed: observed,
      factory: SimulatedTapBench.factory(prefix: "tap", name: "mutant:\(name)", opener: opener)
    )
  }
}

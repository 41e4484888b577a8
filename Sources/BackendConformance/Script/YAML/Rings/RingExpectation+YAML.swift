import Yams

extension RingExpectation {
  /// The keys of such outcomes.
  static let keys = ["indices", "slots", "changes"]

  /// Reads the outcome that `key`, one of ``keys``, names.
  init(key: String, node: YAMLNode) throws(InputFileError) {
    switch key {
    case "indices":
      let fields = try YAMLFields(node, known: RingIndex.allCases.map(\.rawValue))
      self = .indices(
        head: try fields["head"]?.integer(),
        current: try fields["current"]?.integer(),
        tail: try fields["tail"]?.integer()
      )
    case "slots": self = .slots(try node.list(SlotPattern.init(node:)))
    default:
      let fields = try YAMLFields(node, known: ["slots", "indices"])
      let slots = try fields.required("slots").list { node throws(InputFileError) -> Int in
        try node.integer()
      }
      self = .changed(slots, indices: try fields["indices"]?.flag() ?? true)
    }
  }

  /// The key of the outcome, and what stands after it.
  var field: (key: String, value: Node) {
    switch self {
    case .indices(let head, let current, let tail):
      (
        "indices",
        .fields([
          ("head", head.map { .number($0) }), ("current", current.map { .number($0) }),
          ("tail", tail.map { .number($0) }),
        ])
      )
    case .slots(let slots): ("slots", .list(slots.map(\.node)))
    case .changed(let slots, let indices):
      (
        "changes",
        .fields([
          ("slots", .list(slots.map { .number($0) })),
          ("indices", indices ? nil : .text("false")),
        ])
      )
    }
  }
}

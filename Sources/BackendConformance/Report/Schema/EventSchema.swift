/// The schemas of the event log and of the report made from it.
enum EventSchema {
  /// One line of the event log.
  static let line = JSONSchema.oneOf([
    event("run.start", run), event("scenario.start", scenario), event("step", step),
    event("frame", frame),
    event("verdict", verdict, optional: failure),
    event("run.end", ["exit": .integer, "summary": summary]),
  ])

  /// The report in one document.
  static let report = JSONSchema.object(
    [
      "schema": .number(Event.schema), "summary": summary, "seconds": .decimal,
      "results": .list(.object(verdict, optional: failure)),
    ],
    optional: ["run": .object(run), "exit": .integer]
  )

  private static func event(
    _ kind: String,
    _ keys: [String: JSONSchema],
    optional: [String: JSONSchema] = [:]
  ) -> JSONSchema {
    let common: [String: JSONSchema] = [
      "schema": .number(Event.schema), "kind": .words([kind]), "time": .integer,
    ]
    return .object(keys.merging(common) { first, _ in first }, optional: optional)
  }

  private static let run: [String: JSONSchema] = [
    "suite": .text, "backend": .text, "profile": .text, "seed": .text, "host": .map(.text),
  ]

  private static let scenario: [String: JSONSchema] = [
    "id": .text, "obligation": obligation, "backend": .text,
  ]

  private static let step: [String: JSONSchema] = [
    "id": .text, "case": .text, "step": .integer, "round": .integer, "action": .text,
    "observation": .text, "breaches": .list(.text),
  ]

  private static let frame: [String: JSONSchema] = [
    "id": .text, "case": .text, "step": .integer, "round": .integer, "length": .integer,
    "digest": .text, "head": .text,
  ]

  private static let verdict: [String: JSONSchema] = [
    "id": .text, "obligation": obligation, "backend": .text, "seconds": .decimal,
    "verdict": .words(Verdict.allCases.map(\.rawValue)), "cases": .integer,
    "casesUnsupported": .integer,
  ]

  private static let failure: [String: JSONSchema] = [
    "case": .text, "step": .integer, "action": .text, "allowed": .text, "observed": .text,
    "quirk": .text, "reason": .text, "evidence": .text,
  ]

  private static let obligation = JSONSchema.words(Obligation.allCases.map(\.rawValue))

  private static let summary = JSONSchema.object(
    Dictionary(
      uniqueKeysWithValues: (["selected"] + Verdict.allCases.map(\.rawValue)).map {
        ($0, JSONSchema.integer)
      }
    )
  )
}

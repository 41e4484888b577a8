import NetBackend

/// The schema of script files.
enum FixtureSchema {
  /// A script.
  static let script = JSONSchema.object(
    ["schema": .number(Script.schema), "case": .text, "steps": steps],
    optional: [
      "requirement": .text, "profile": .text,
      "bench": .object(
        [:],
        optional: ["families": .list(.text), "options": .map(.integer)]
      ),
    ]
  )

  /// What the schema of a script refers to.
  static let definitions: [String: JSONSchema] = [
    "step": .oneOf(Action.words.map(step)), "frame": frame(), "outcome": outcome,
    "features": .list(.oneOf([.words(VirtioNetFeatures.names.map(\.name)), .integer])),
    "range": .oneOf([.integer, .object(["from": .integer], optional: ["to": .integer])]),
  ]

  private static let steps = JSONSchema.list(.reference("step"))

  private static func step(_ word: String) -> JSONSchema {
    let expect = JSONSchema.oneOf([.reference("outcome"), .list(.reference("outcome"))])
    return .object(
      [word: arguments[word] ?? .type("null")],
      optional: [
        "backend": .integer, "choice": .text, "precondition": .type("boolean"), "expect": expect,
      ]
    )
  }

  private static let arguments: [String: JSONSchema] = [
    "open": orNothing(
      .object(
        [:],
        optional: [
          "name": .text, "descriptor": .words(SuppliedDescriptor.allCases.map(\.rawValue)),
        ]
      )
    ),
    "send": frame(and: ["elements": .list(.integer)]), "sendClaiming": .list(.integer),
    "receive": orNothing(.list(.integer)),
    "setFeatures": .object(["features": .reference("features"), "headerLength": .integer]),
    "runLoop": orNothing(.integer), "awaitCallbacks": orNothing(.integer),
    "whenCalledBack": steps, "together": .list(steps),
    "repeated": .object(["times": .integer, "steps": steps]), "inject": frames,
    "injectOffloaded": frame(and: ["offload": header]), "collect": .integer,
    "link": .words(LinkState.allCases.map(\.rawValue)), "fault": fault,
    "calls": orNothing(.list(.text)), "setErrno": .integer,
    "select": .object(["name": .text, "prefixes": .list(.text)]),
    "prepare": .words(DeviceState.allCases.map(\.rawValue)), "advanceClock": .integer,
    "publish": frame(requiring: RingSchema.publishing, and: RingSchema.number),
  ].merging(RingSchema.arguments) { $1 }.merging(XenSchema.arguments) { $1 }

  private static let frames = JSONSchema.oneOf([.reference("frame"), .list(.reference("frame"))])

  private static func frame(
    requiring required: [String: JSONSchema] = [:],
    and others: [String: JSONSchema] = [:]
  ) -> JSONSchema {
    let capture = JSONSchema.object(["file": .text, "frame": .integer])
    let contents: [String: JSONSchema] = ["length": .integer, "bytes": .text, "capture": capture]
    let optional = others.merging(["seed": .integer, "count": .integer, "header": .text]) {
      first,
      _ in first
    }
    let forms = contents.sorted { $0.key < $1.key }.map { key, value in
      JSONSchema.object([key: value].merging(required) { $1 }, optional: optional)
    }
    return .oneOf((required.isEmpty ? [.integer] : []) + forms)
  }

  private static let header = JSONSchema.object(
    [:],
    optional: Dictionary(uniqueKeysWithValues: VirtioNetHeader.keys.map { ($0, .integer) })
  )

  private static let fault: JSONSchema = {
    let effects: [(String, JSONSchema)] = [
      ("fails", .integer), ("returns", .integer), ("finds", .reference("frame")),
    ]
    let optional: [String: JSONSchema] = ["call": .text, "after": .integer, "times": .integer]
    return .oneOf(effects.map { .object([$0.0: $0.1], optional: optional) })
  }()

  private static let outcome = JSONSchema.oneOf(
    [.words(Expectation.words.keys.sorted())]
      + Expectation.keys.map { key in
        var optional: [String: JSONSchema] = ["label": .text]
        if key == "error" { optional["required"] = .integer }
        if key == "explainedError" { optional["errno"] = .integer }
        return .object([key: expectations[key] ?? .type("null")], optional: optional)
      }
  )

  private static let expectations: [String: JSONSchema] = [
    "opened": orNothing(.text), "length": .integer, "lengthIn": .reference("range"),
    "frame": .reference("frame"), "anyFrame": .integer, "frames": frames, "someFrames": frames,
    "framesInAnyOrder": frames, "error": orNothing(words), "explainedError": orNothing(words),
    "offers": .reference("features"),
    "offersNotAll": .reference("features"),
    "callbacks": .reference("range"), "callCount": .reference("range"),
    "drops": .reference("range"), "headerLength": .integer, "stillOpen": .integer,
    "features": .reference("features"),
    "calls": .list(.oneOf([.text, .object(["name": .text], optional: ["argument": .integer])])),
  ].merging(RingSchema.expectations) { $1 }.merging(XenSchema.expectations) { $1 }

  private static let words = JSONSchema.oneOf([.text, .list(.text)])

  private static func orNothing(_ schema: JSONSchema) -> JSONSchema {
    .oneOf([.type("null"), schema])
  }
}

/// The schema of what script files say about a netback's frontend.
enum XenSchema {
  /// What stands after each word of an action.
  static let arguments: [String: JSONSchema] = [
    "connectFrontend": .oneOf([.type("null"), .map(textOrNothing)]),
    "writeStore": .object(entry.merging(["value": textOrNothing]) { $1 }),
    "readStore": .object(entry),
    "putSlots": onRing(["slots": .list(slot)], optional: ["frame": .reference("frame")]),
    "showSlots": onRing(), "responses": onRing(), "xenIndices": onRing(),
    "notifications": onRing(), "emptyEvents": onRing(),
    "showSlotsAfterReads": onRing(["reads": .integer]),
    "raiseChannel": onRing(optional: ["times": .integer]),
    "setXenIndex": onRing(["index": .words(XenIndices.keys), "value": .integer]),
    "changeXenSlotAfterRead": onRing(["position": .integer, "slot": slot]),
    "slotBytes": onRing(["position": .integer]),
    "storePage": onRing(["page": .integer, "bytes": .text], optional: ["offset": .integer]),
    "pageBytes": onRing(["page": .integer, "count": .integer], optional: ["offset": .integer]),
    "failGrant": onRing(
      [
        "page": .integer, "operation": .words(XenGrantFault.Operation.allCases.map(\.rawValue)),
        "status": .integer,
      ],
      optional: ["after": .integer, "times": .integer]
    ),
    "receivedFrames": .oneOf([.type("null"), .integer]),
  ]

  /// What is expected of a netback.
  static let expectations: [String: JSONSchema] = [
    "responses": .list(response), "responsesInAnyOrder": .list(response),
    "xenIndices": numbers(XenIndices.keys), "bytes": .text, "filled": .integer,
    "count": .reference("range"), "copies": .list(copy), "holdings": numbers(XenHoldings.keys),
    "value": textOrNothing, "valueIn": .reference("range"), "states": .list(.integer),
    "written": .list(.text),
  ]

  private static let textOrNothing = JSONSchema.oneOf([.type("null"), .text])

  private static let entry: [String: JSONSchema] = [
    "directory": .words(XenDirectory.allCases.map(\.rawValue)), "key": .text,
  ]

  private static let rings = JSONSchema.words(XenRing.Kind.allCases.map(\.rawValue))

  private static func onRing(
    _ required: [String: JSONSchema] = [:],
    optional: [String: JSONSchema] = [:]
  ) -> JSONSchema {
    .object(
      required.merging(["ring": rings]) { $1 },
      optional: optional.merging(["queue": .integer]) { $1 }
    )
  }

  private static let slot = JSONSchema.oneOf(
    XenSlot.kinds.map { kind in
      let others = (XenSlot.keys[kind] ?? []).filter { $0 != kind }.map { ($0, fields[$0]) }
      return .object(
        [kind: slots[kind] ?? .integer],
        optional: Dictionary(uniqueKeysWithValues: others.map { ($0, $1 ?? .integer) })
      )
    }
  )

  /// What stands after the key of a kind of slot, and after other keys, where it is no number.
  private static let (slots, fields): ([String: JSONSchema], [String: JSONSchema]) = (
    ["buffer": .oneOf([.type("null"), .integer]), "bytes": .text],
    ["payload": .text, "data": .list(.integer)]
  )

  private static let response = JSONSchema.object(
    [:],
    optional: ofNumbers(XenResponse.keys).merging(["payload": .text]) { $1 }
  )

  private static let copy = JSONSchema.object(
    [:],
    optional: ofNumbers(XenCopy.keys + ["queue"]).merging(["ring": rings]) { $1 }
  )

  private static func numbers(_ keys: [String]) -> JSONSchema {
    .object([:], optional: ofNumbers(keys))
  }

  private static func ofNumbers(_ keys: [String]) -> [String: JSONSchema] {
    Dictionary(uniqueKeysWithValues: keys.map { ($0, .integer) })
  }
}

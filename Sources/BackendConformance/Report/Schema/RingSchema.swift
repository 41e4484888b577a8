/// The schema of what script files say about rings.
enum RingSchema {
  /// What stands after each word of an action.
  static let arguments: [String: JSONSchema] = [
    "placeRing": .object(
      ["head": .integer, "tail": .integer].merging(ring) { $1 },
      optional: number
    ),
    "setRingIndex": .object(
      ["index": .words(RingIndex.allCases.map(\.rawValue)), "value": .integer].merging(ring) { $1 },
      optional: number
    ),
    "setSlot": onSlot, "changeAfterRead": onSlot,
    "limitTransmit": .oneOf([.type("null"), .integer]), "ringIndices": ofRing,
    "ringChanges": ofRing,
    "slots": .object(["from": .integer, "count": .integer].merging(ring) { $1 }, optional: number),
  ]

  /// What a frame is put into.
  static let publishing = ring.merging(["slots": .list(slot)]) { $1 }

  /// What is expected of a ring.
  static let expectations: [String: JSONSchema] = [
    "indices": .object([:], optional: ["head": .integer, "current": .integer, "tail": .integer]),
    "slots": .list(slot),
    "changes": .object(["slots": .list(.integer)], optional: ["indices": .type("boolean")]),
  ]

  /// The number of a ring.
  static let number: [String: JSONSchema] = ["number": .integer]

  private static let ring: [String: JSONSchema] = [
    "ring": .words(RingName.Direction.allCases.map(\.rawValue))
  ]
  private static let fields: [String: JSONSchema] = [
    "length": .integer, "flags": .integer, "buffer": .integer,
  ]
  private static let slot = JSONSchema.object([:], optional: fields)
  private static let ofRing = JSONSchema.object(ring, optional: number)
  private static let onSlot = JSONSchema.object(
    ["position": .integer].merging(ring) { $1 },
    optional: fields.merging(number) { $1 }
  )
}

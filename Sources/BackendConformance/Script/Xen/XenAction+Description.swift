extension XenAction {
  /// The action as one word.
  var word: String {
    switch self {
    case .connect: "connectFrontend"
    case .write: "writeStore"
    case .reset: "resetRings"
    case .put: "putSlots"
    case .show: "showSlots"
    case .showAfterReads: "showSlotsAfterReads"
    case .raise: "raiseChannel"
    case .setIndex: "setXenIndex"
    case .changeAfterRead: "changeXenSlotAfterRead"
    case .store: "storePage"
    case .failGrant: "failGrant"
    case .responses: "responses"
    case .indices: "xenIndices"
    case .slot: "slotBytes"
    case .page: "pageBytes"
    case .notifications: "notifications"
    case .emptyEvents: "emptyEvents"
    case .copies: "copies"
    case .holdings: "holdings"
    case .read: "readStore"
    case .states: "storeStates"
    case .writes: "storeWrites"
    case .received: "receivedFrames"
    }
  }

  /// Every word that such an action has.
  static let words = [
    "connectFrontend", "writeStore", "resetRings", "putSlots", "showSlots", "showSlotsAfterReads",
    "raiseChannel", "setXenIndex", "changeXenSlotAfterRead", "storePage", "failGrant", "responses",
    "xenIndices", "slotBytes", "pageBytes", "notifications", "emptyEvents", "copies", "holdings",
    "readStore", "storeStates", "storeWrites", "receivedFrames",
  ]

  /// The arguments in the notation of scripts.
  var arguments: [String] {
    switch self {
    case .connect(let changes): Self.keys(changes)
    case .write(let directory, let key, let value): [directory.rawValue, Self.key(key, value)]
    case .put(let ring, let slots, let frame):
      [ring.description, Notation.slots(slots)] + (frame.map { [$0.description] } ?? [])
    case .showAfterReads(let ring, let reads): [ring.description, "\(reads)"]
    case .raise(let ring, let times): [ring.description] + (times == 1 ? [] : ["\(times) times"])
    case .setIndex(let ring, let index, let value):
      [ring.description, "\(index.rawValue): \(value)"]
    case .changeAfterRead(let ring, let position, let slot):
      [ring.description, "\(position)", slot.description]
    case .store(let ring, let page, let offset, let bytes):
      [
        ring.description, "page \(page)", "at: \(offset)", Notation.quantity(bytes.count, "byte"),
      ]
    case .failGrant(let ring, let page, let fault):
      [ring.description, "page \(page)", fault.description]
    case .slot(let ring, let position): [ring.description, "\(position)"]
    case .page(let ring, let page, let offset, let count):
      [ring.description, "page \(page)", "at: \(offset)", Notation.quantity(count, "byte")]
    case .read(let directory, let key): [directory.rawValue, key]
    case .received(let queue): ["queue \(queue)"]
    case .show(let ring), .responses(let ring), .indices(let ring), .notifications(let ring),
      .emptyEvents(let ring):
      [ring.description]
    case .reset, .copies, .holdings, .states, .writes: []
    }
  }

  /// The keys that are others, or the first of many.
  private static func keys(_ changes: [String: String?]) -> [String] {
    let all = changes.sorted { $0.key < $1.key }.map(key)
    let isLong = all.count > 3 || all.reduce(0) { $0 + $1.count } > 90
    return isLong && all.count > 2 ? all.prefix(2) + ["\(all.count - 2) more"] : all
  }

  private static func key(_ key: String, _ value: String?) -> String {
    value.map { "\(key) = \(Notation.quoted($0))" } ?? "without \(key)"
  }
}

extension XenRing: CustomStringConvertible {
  /// What it is for, and its queue unless that is the first.
  public var description: String { queue == 0 ? kind.rawValue : "\(kind.rawValue) \(queue)" }
}

extension XenGrantFault: CustomStringConvertible {
  /// The fault in the notation of scripts, such as `copy fails with -3, times: 1`.
  public var description: String {
    let order = after == 0 ? "" : ", after: \(after)"
    return "\(operation.rawValue) fails with \(status)" + order
      + (times.map { ", times: \($0)" } ?? "")
  }
}

extension XenSlot: CustomStringConvertible {
  /// The slot in the notation of scripts, such as `60 bytes more id 7`.
  public var description: String {
    switch self {
    case .request(let request): request.description
    case .extra(let extra):
      "extra type \(extra.type)" + (extra.flags == 0 ? "" : " flags \(extra.flags)")
        + (extra.payload.isEmpty ? "" : " " + Hexadecimal.string(extra.payload))
    case .buffer(let buffer):
      "buffer" + Notation.field("id", buffer.id) + Notation.field("page", buffer.page)
        + Notation.field("grant", buffer.grant)
    case .control(let control):
      "control type \(control.type)" + Notation.field("id", control.id)
        + (control.data.isEmpty ? "" : " \(control.data)") + Notation.field("page", control.page)
    case .bytes(let bytes): "bytes " + Hexadecimal.string(bytes)
    }
  }
}

extension XenRequest: CustomStringConvertible {
  /// The fields that are not as usual.
  public var description: String {
    Notation.quantity(size, "byte") + (flags == 0 ? "" : " flags 0x" + String(flags, radix: 16))
      + Notation.field("id", id) + (offset == 0 ? "" : " at \(offset)")
      + Notation.field("page", page) + Notation.field("grant", grant)
  }
}

extension XenResponse: CustomStringConvertible {
  /// The fields that it has, such as `id 7 status 0`.
  public var description: String {
    // Whatever stands where a null response has its identifier is from before.
    let shown = status == 1 && offset == nil && data == nil ? nil : id
    let text =
      Notation.field("type", type) + Notation.field("id", shown) + Notation.field("status", status)
      + (flags.map { $0 == 0 ? "" : " flags 0x" + String($0, radix: 16) } ?? "")
      + (offset.map { $0 == 0 ? "" : " at \($0)" } ?? "")
      + (payload.map { " " + Hexadecimal.string($0) } ?? "") + Notation.field("data", data)
    return text.isEmpty ? "any" : String(text.dropFirst())
  }
}

extension XenIndices: CustomStringConvertible {
  /// The indices that it has, such as `responses 2, request event 3`.
  public var description: String {
    let parts = [
      ("requests", requestProducer), ("request event", requestEvent),
      ("responses", responseProducer), ("response event", responseEvent),
    ]
    return parts.compactMap { name, value in value.map { "\(name) \($0)" } }
      .joined(separator: ", ")
  }
}

extension XenCopy: CustomStringConvertible {
  /// The copy in the notation of scripts, such as `transmit page 0, 60 bytes at 64`.
  public var description: String {
    (ring.map { "\($0) " } ?? "") + (page.map { "page \($0)" } ?? "any page")
      + (length.map { ", " + Notation.quantity($0, "byte") } ?? "")
      + (offset.map { " at \($0)" } ?? "") + (localOffset.map { ", own \($0)" } ?? "")
      + (initialStatus.map { ", before \($0)" } ?? "") + (status.map { ", status \($0)" } ?? "")
  }
}

extension XenHoldings: CustomStringConvertible {
  /// What is held, such as `2 pages, 1 channel`.
  public var description: String {
    let parts = [
      (pages, "page"), (channels, "channel"), (watches, "watch"), (transactions, "transaction"),
      (strayUnmaps, "stray unmap"),
    ]
    let found = parts.compactMap { count, noun -> String? in
      guard let count else { return nil }
      return noun == "watch" && count != 1 ? "\(count) watches" : Notation.quantity(count, noun)
    }
    return found.joined(separator: ", ")
  }
}

extension XenExpectation: CustomStringConvertible {
  /// The expectation in the notation of scripts, such as `responses [id 7 status 0]`.
  public var description: String {
    switch self {
    case .responses(let responses): Notation.responses(responses)
    case .responsesInAnyOrder(let responses): Notation.responses(responses) + " in any order"
    case .indices(let indices): indices.description
    case .bytes(let bytes): "bytes " + Notation.short(bytes)
    case .filled(let byte): "bytes that are all " + Hexadecimal.string(byte)
    case .count(let range): Notation.quantity(range, "time")
    case .copies(let copies): copies.isEmpty ? "no copies" : "copies " + Notation.list(copies)
    case .holdings(let holdings): holdings.description
    case .value(let value): value.map(Notation.quoted) ?? "no such key"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .states(let states): "states \(states)"
    case .writes(let keys): "among what is written " + Notation.joined(keys, by: " then ")
    }
  }
}

extension XenObservation: CustomStringConvertible {
  /// The observation in the notation of scripts.
  public var description: String {
    switch self {
    case .responses(let responses): Notation.responses(responses)
    case .indices(let indices): indices.description
    case .bytes(let bytes): "bytes " + Notation.short(bytes)
    case .count(let count): Notation.quantity(count...count, "time")
    case .copies(let copies): copies.isEmpty ? "no copies" : "copies " + Notation.list(copies)
    case .holdings(let holdings): holdings.description
    case .value(let value): value.map(Notation.quoted) ?? "no such key"
    case .states(let states): "states \(states)"
    case .writes(let writes): "written " + Notation.joined(writes, by: " then ")
    }
  }
}

extension Notation {
  /// How many bytes are written out.
  private static var longestBytes: Int { 24 }

  fileprivate static func field(_ name: String, _ value: Int?) -> String {
    value.map { " \(name) \($0)" } ?? ""
  }

  fileprivate static func responses(_ responses: [XenResponse]) -> String {
    responses.isEmpty ? "no responses" : "responses " + list(responses)
  }

  fileprivate static func short(_ bytes: [UInt8]) -> String {
    let first = Hexadecimal.string(bytes.prefix(longestBytes))
    return bytes.count > longestBytes ? "\(first) and \(bytes.count - longestBytes) more" : first
  }
}

extension Notation {
  /// How many characters slots may take, so that what is done with them fits into a line.
  private static var longestSlots: Int { 56 }

  /// Slots between brackets; of many the first ones, and how many more there are.
  fileprivate static func slots(_ slots: [XenSlot]) -> String {
    var shown: [String] = []
    var length = 0
    for slot in slots {
      let text = slot.description
      length += text.count + 2
      guard shown.isEmpty || length <= longestSlots else {
        shown.append("\(slots.count - shown.count) more")
        break
      }
      shown.append(text)
    }
    return "[" + shown.joined(separator: ", ") + "]"
  }
}

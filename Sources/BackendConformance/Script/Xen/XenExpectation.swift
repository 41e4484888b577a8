/// What an observation of a netback is compared with.
public enum XenExpectation: Equatable, Sendable {
  /// These responses, no others, in this order.
  case responses([XenResponse])
  /// These responses, no others, in any order.
  case responsesInAnyOrder([XenResponse])
  /// The indices; those that are `nil` may be anything.
  case indices(XenIndices)
  /// These bytes.
  case bytes([UInt8])
  /// One byte in all places.
  case filled(UInt8)
  /// How often something happened.
  case count(ClosedRange<Int>)
  /// These copies, no others, in this order.
  case copies([XenCopy])
  /// What is held; what is `nil` may be anything.
  case holdings(XenHoldings)
  /// A key's value; `nil` if there is no such key.
  case value(String?)
  /// A key's value that is a decimal number within bounds.
  case number(ClosedRange<Int>)
  /// These states, no others, in this order.
  case states([Int])
  /// Among what was written are these, in this order, each `KEY=VALUE` or the key alone.
  case writes([String])
}

/// The indices in a ring's page; in an expectation `nil` is any.
public struct XenIndices: Equatable, Sendable {
  /// How far the frontend has put requests into the ring.
  public var requestProducer: Int?
  /// The producer of requests for which the netback wants an event.
  public var requestEvent: Int?
  /// How far the netback has put responses into the ring.
  public var responseProducer: Int?
  /// The producer of responses for which the frontend wants an event.
  public var responseEvent: Int?

  /// Describes indices.
  public init(
    requestProducer: Int? = nil,
    requestEvent: Int? = nil,
    responseProducer: Int? = nil,
    responseEvent: Int? = nil
  ) {
    self.requestProducer = requestProducer
    self.requestEvent = requestEvent
    self.responseProducer = responseProducer
    self.responseEvent = responseEvent
  }
}

/// A copy between a granted page and the netback's own memory; in an expectation `nil` is any.
public struct XenCopy: Equatable, Sendable {
  /// The ring whose slots use the page; `nil` if the grant is no page's.
  public var ring: XenRing?
  /// The number of the page, or of the grant if it is no page's.
  public var page: Int?
  /// Where in the page the copy begins.
  public var offset: Int?
  /// The number of bytes.
  public var length: Int?
  /// Where in a page of its own the netback has them.
  public var localOffset: Int?
  /// What stood in the place of the status before.
  public var initialStatus: Int?
  /// What came of it.
  public var status: Int?

  /// Describes a copy.
  public init(
    _ ring: XenRing? = nil,
    page: Int? = nil,
    offset: Int? = nil,
    length: Int? = nil,
    localOffset: Int? = nil,
    initialStatus: Int? = nil,
    status: Int? = nil
  ) {
    self.ring = ring
    self.page = page
    self.offset = offset
    self.length = length
    self.localOffset = localOffset
    self.initialStatus = initialStatus
    self.status = status
  }
}

/// What a netback holds of its frontend; in an expectation `nil` is any.
public struct XenHoldings: Equatable, Sendable {
  /// The pages that it has mapped.
  public var pages: Int?
  /// The event channels that it has bound.
  public var channels: Int?
  /// The watches that it has set on the store.
  public var watches: Int?
  /// The transactions that it has begun and not ended.
  public var transactions: Int?
  /// How often it unmapped what it had not mapped, or not any more.
  public var strayUnmaps: Int?

  /// Describes what is held.
  public init(
    pages: Int? = nil,
    channels: Int? = nil,
    watches: Int? = nil,
    transactions: Int? = nil,
    strayUnmaps: Int? = nil
  ) {
    self.pages = pages
    self.channels = channels
    self.watches = watches
    self.transactions = transactions
    self.strayUnmaps = strayUnmaps
  }

  /// Nothing at all.
  public static let nothing = XenHoldings(
    pages: 0,
    channels: 0,
    watches: 0,
    transactions: 0,
    strayUnmaps: 0
  )
}

extension XenExpectation {
  /// Whether an observation is what is expected.
  func matches(_ observation: XenObservation) -> Bool {
    switch (self, observation) {
    case (.responses(let patterns), .responses(let found)):
      patterns.count == found.count && zip(patterns, found).allSatisfy { $0.matches($1) }
    case (.responsesInAnyOrder(let patterns), .responses(let found)):
      patterns.count == found.count && Self.match(patterns, found)
    case (.indices(let pattern), .indices(let found)): pattern.matches(found)
    case (.bytes(let bytes), .bytes(let found)): bytes == found
    case (.filled(let byte), .bytes(let found)): found.allSatisfy { $0 == byte }
    case (.count(let range), .count(let found)): range.contains(found)
    case (.copies(let patterns), .copies(let found)):
      patterns.count == found.count && zip(patterns, found).allSatisfy { $0.matches($1) }
    case (.holdings(let pattern), .holdings(let found)): pattern.matches(found)
    case (.value(let value), .value(let found)): value == found
    case (.number(let range), .value(let found)):
      found.flatMap { Int($0) }.map(range.contains) ?? false
    case (.states(let states), .states(let found)): states == found
    case (.writes(let keys), .writes(let found)): Self.contains(keys, in: found)
    default: false
    }
  }

  /// Whether each pattern has a response of its own; a pattern takes the first that it matches.
  private static func match(_ patterns: [XenResponse], _ found: [XenResponse]) -> Bool {
    var rest = found
    for pattern in patterns {
      guard let index = rest.firstIndex(where: { pattern.matches($0) }) else { return false }
      rest.remove(at: index)
    }
    return true
  }

  private static func contains(_ keys: [String], in writes: [String]) -> Bool {
    var rest = keys[...]
    for write in writes {
      guard let next = rest.first else { break }
      if write == next || write.hasPrefix(next + "=") { rest.removeFirst() }
    }
    return rest.isEmpty
  }
}

extension XenResponse {
  /// Whether each field that this one has is the same in a response.
  func matches(_ found: XenResponse) -> Bool {
    (id ?? found.id) == found.id && (status ?? found.status) == found.status
      && (offset ?? found.offset) == found.offset && (flags ?? found.flags) == found.flags
      && (type ?? found.type) == found.type && (payload ?? found.payload) == found.payload
      && (data ?? found.data) == found.data
  }
}

extension XenIndices {
  fileprivate func matches(_ found: XenIndices) -> Bool {
    (requestProducer ?? found.requestProducer) == found.requestProducer
      && (requestEvent ?? found.requestEvent) == found.requestEvent
      && (responseProducer ?? found.responseProducer) == found.responseProducer
      && (responseEvent ?? found.responseEvent) == found.responseEvent
  }
}

extension XenCopy {
  fileprivate func matches(_ found: XenCopy) -> Bool {
    (ring ?? found.ring) == found.ring && (page ?? found.page) == found.page
      && (offset ?? found.offset) == found.offset && (length ?? found.length) == found.length
      && (localOffset ?? found.localOffset) == found.localOffset
      && (initialStatus ?? found.initialStatus) == found.initialStatus
      && (status ?? found.status) == found.status
  }
}

extension XenHoldings {
  fileprivate func matches(_ found: XenHoldings) -> Bool {
    (pages ?? found.pages) == found.pages && (channels ?? found.channels) == found.channels
      && (watches ?? found.watches) == found.watches
      && (transactions ?? found.transactions) == found.transactions
      && (strayUnmaps ?? found.strayUnmaps) == found.strayUnmaps
  }
}

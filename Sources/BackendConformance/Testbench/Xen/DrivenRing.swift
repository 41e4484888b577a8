internal import RingMemory
internal import XenNetif

/// A ring whose frontend's half is driven by a script, with what the netback may do to it.
///
/// After each step the whole page is compared with what it was: a netback changes two words of the
/// header and the responses it shows, nothing else.
struct DrivenRing {
  /// A slot that has been shown and not been answered.
  struct Pending {
    /// The identifiers that its response may have: two if the slot changed while it was read.
    var ids: Set<Int>
    var isExtra: Bool
    /// The page to receive into.
    var page: Int?
  }

  /// Which ring it is.
  let name: XenRing
  /// The page.
  let guest: GuestRing
  /// The index behind the last slot that was put.
  private(set) var put: UInt32
  /// The producer as it was shown last.
  private(set) var shown: UInt32
  /// The slots that were shown and not answered, oldest first.
  private(set) var pending: [Pending] = []
  /// The responses that the script has not asked for.
  var fresh: [XenResponse] = []
  /// Puts received frames together.
  var assembly = FrameAssembly()
  /// The rules that have been broken.
  var breaches: [Breach] = []
  /// The bytes that change by themselves.
  var trapped: Set<Int> = []

  private var contents: [Int: Pending] = [:]
  private var shadow: [UInt8]

  init(_ name: XenRing, _ guest: GuestRing) {
    self.name = name
    self.guest = guest
    shadow = guest.page.bytes
    put = guest.ring.requestProducer.load()
    shown = put
  }

  /// How far responses have been seen.
  var answered: UInt32 { word(8) }

  private func word(_ offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(shadow[offset + $1]) << UInt32($1 * 8) }
  }

  /// The position of the slot that is put next.
  var nextPosition: Int { guest.ring.geometry.position(of: put) }

  /// Stores the next slot.
  mutating func store(_ bytes: [UInt8], _ slot: Pending) {
    let full = bytes + [UInt8](repeating: 0, count: max(0, slotSize - bytes.count))
    let index = put
    change { $0.storeSlot(full, at: index) }
    contents[nextPosition] = slot
    put &+= 1
  }

  /// Lets the producer be somewhere.
  ///
  /// - Returns: Whether the netback asked for an event.
  mutating func show(_ producer: UInt32) -> Bool {
    let old = shown
    expectResponses(upTo: producer)
    change { $0.ring.requestProducer.store(producer) }
    return notificationIsDue(old: old, new: producer, event: guest.ring.requestEvent.load())
  }

  private mutating func expectResponses(upTo producer: UInt32) {
    let count = min(Int(producer &- shown), guest.ring.geometry.slotCount)
    for distance in 0..<count {
      let position = guest.ring.geometry.position(of: shown &+ UInt32(distance))
      // What no script put there is what was there.
      pending.append(contents[position] ?? unknown(position))
    }
    shown = producer
  }

  /// Takes note that the producer has passed what was put, as a word of its own.
  ///
  /// - Parameter event: The netback's event at that moment.
  /// - Returns: Whether the netback asked for an event.
  mutating func noteShown(event: UInt32) -> Bool {
    let old = shown
    expectResponses(upTo: put)
    for byte in 0..<4 { shadow[byte] = UInt8(truncatingIfNeeded: put >> UInt32(byte * 8)) }
    return notificationIsDue(old: old, new: put, event: event)
  }

  /// Lets the producer pass what was put.
  mutating func show() -> Bool { show(put) }

  /// Overwrites an index.
  mutating func set(_ index: XenIndex, to value: UInt32) {
    switch index {
    case .requestProducer: _ = show(value)
    case .requestEvent: change { $0.ring.requestEvent.store(value) }
    case .responseProducer:
      change { $0.ring.responseProducer.store(value) }
      (put, shown, pending) = (value, value, [])
    case .responseEvent: change { $0.ring.responseEvent.store(value) }
    }
  }

  /// Lets a slot's response have the identifier of another slot as well.
  mutating func allow(_ ids: Set<Int>, at position: Int, isExtra: Bool) {
    contents[position]?.ids.formUnion(ids)
    if isExtra { contents[position]?.isExtra = true }
  }

  /// Does something to the page that is not the netback's doing.
  mutating func change(_ change: (GuestRing) -> Void) {
    check()
    change(guest)
    shadow = guest.page.bytes
  }

  private var slotSize: Int { guest.ring.geometry.slotSize }

  private func unknown(_ position: Int) -> Pending {
    let bytes = shadow[(RingGeometry.headerSize + position * slotSize)...]
    let at = name.kind == .transmit ? 8 : 0
    let id = Int(bytes[bytes.startIndex + at]) | Int(bytes[bytes.startIndex + at + 1]) << 8
    return Pending(ids: [id], isExtra: false)
  }
}

// What the netback did.
extension DrivenRing {
  /// Compares the page with what it was, and takes the responses that were shown.
  mutating func check() {
    guard !guest.page.holds(shadow) else { return }
    let bytes = guest.page.bytes
    let old = answered
    let new = guest.ring.responseProducer.load()
    let count = Int(new &- old)
    var mayChange = Set(4..<12).union(trapped)
    if count > pending.count {
      broken(
        "no more responses than requests",
        "the \(name) ring has \(pending.count) requests without response, and its response producer "
          + "went from \(old) to \(new)"
      )
    } else {
      for distance in 0..<count {
        let index = old &+ UInt32(distance)
        let offset = guest.ring.geometry.offset(of: index)
        mayChange.formUnion(offset..<offset + guest.ring.geometry.responseSize)
        take(Array(bytes[offset..<offset + slotSize]), index)
      }
    }
    let changed = bytes.indices.first { bytes[$0] != shadow[$0] && !mayChange.contains($0) }
    if let changed {
      broken(
        "in a ring's page only the netback's own words and the responses it shows are written",
        "byte \(changed) of the \(name) ring's page was \(shadow[changed]) and is \(bytes[changed])"
      )
    }
    shadow = bytes
  }

  private mutating func take(_ bytes: [UInt8], _ index: UInt32) {
    switch name.kind {
    case .transmit: takeTransmitted(TransmitResponse(bytes: bytes), index)
    case .control: takeControl(ControlResponse(bytes: bytes), index)
    case .receive: takeReceived(bytes, index)
    }
  }

  private mutating func takeTransmitted(_ response: TransmitResponse, _ index: UInt32) {
    let (id, status) = (Int(response.id), Int(response.status.rawValue))
    fresh.append(XenResponse(id: id, status: status))
    if !(-2...1).contains(status) {
      broken(
        "a transmit response has a status from -2 to 1",
        "response \(index) has the status \(status)"
      )
    }
    let isNull = response.status == .null
    settle(id, index) { isNull ? $0.isExtra : $0.ids.contains(id) && !$0.isExtra }
  }

  private mutating func takeControl(_ response: ControlResponse, _ index: UInt32) {
    let id = Int(response.id)
    fresh.append(
      XenResponse(
        id: id,
        status: Int(response.status.rawValue),
        type: Int(response.type.rawValue),
        data: Int(response.data)
      )
    )
    settle(id, index) { $0.ids.contains(id) }
  }

  /// Takes a slot of a received frame: it answers the request that is in the same slot.
  private mutating func takeReceived(_ bytes: [UInt8], _ index: UInt32) {
    let request = pending.removeFirst()
    if assembly.expectsExtra {
      let extra = ExtraInfo(bytes: bytes)
      fresh.append(
        XenResponse(
          flags: Int(extra.flags),
          type: Int(extra.type.rawValue),
          payload: extra.payload.bytes
        )
      )
      assembly.take(extra)
      return
    }
    let response = ReceiveResponse(bytes: bytes)
    let (id, offset, status) = (Int(response.id), Int(response.offset), Int(response.status))
    fresh.append(
      XenResponse(id: id, status: status, offset: offset, flags: Int(response.flags.rawValue))
    )
    if !request.ids.contains(id) {
      broken(
        "a receive response is in the slot of the request that it answers",
        "response \(index) has the identifier \(id), where "
          + "\(request.ids.sorted().map(String.init).joined(separator: " or ")) was posted"
      )
    }
    if status > 0 && offset + status > GuestPage.count {
      broken(
        "received data lies in its page",
        "response \(index) has \(status) bytes at \(offset)"
      )
    }
    assembly.take(response, page: request.page)
  }

  private mutating func settle(_ id: Int, _ index: UInt32, _ isMeant: (Pending) -> Bool) {
    guard let position = pending.firstIndex(where: isMeant) else {
      pending.removeFirst()
      broken(
        "each response answers a request that was published and has no response yet",
        "response \(index) of the \(name) ring has the identifier \(id) and status "
          + "\(fresh.last?.status ?? 0), and no request without response has that identifier"
      )
      return
    }
    pending.remove(at: position)
  }

  private mutating func broken(_ rule: String, _ found: String) {
    breaches.append(.protocolViolation(rule: rule, found: found))
  }
}

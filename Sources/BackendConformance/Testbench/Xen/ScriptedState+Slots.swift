internal import RingMemory
internal import XenNetif

// Slots of scripts as bytes of a ring.
extension ScriptedState {
  /// Stores slots behind those before, and a frame's bytes in the pages of its requests.
  mutating func put(
    _ slots: [XenSlot],
    _ frame: [UInt8]?,
    in ring: XenRing
  ) throws(BenchError) {
    if let frame { try lay(frame, over: slots, of: ring) }
    for slot in slots {
      let position = try withRing(ring) { $0.nextPosition }
      let index = try withRing(ring) { Int($0.put & 0xFFFF) }
      let (bytes, pending) = try encode(slot, position, index, ring)
      if case .buffer(let buffer) = slot, buffer.grant == nil {
        try page(buffer.page ?? position, of: ring).page.fill(GrantedPages.fill)
      }
      try withRing(ring) { $0.store(bytes, pending) }
    }
  }

  /// Has a slot become another one, each word of it as soon as it has been read.
  mutating func change(
    _ position: Int,
    _ slot: XenSlot,
    of name: XenRing
  ) throws(BenchError) {
    guard ReadTrap.isOffered else { throw .unsupported("changing a field between two reads") }
    let (bytes, pending) = try encode(slot, position, position, name)
    let ring = try withRing(name) { $0.guest }
    let offset = ring.ring.geometry.offset(of: UInt32(clamping: position))
    let old = ring.page[offset..<offset + ring.ring.geometry.slotSize]
    let new = bytes + old.dropFirst(bytes.count)
    var changed: Set<Int> = []
    for start in stride(from: 0, to: old.count, by: 4)
    where new[start..<start + 4] != old[start..<start + 4] {
      let value = (0..<4).reduce(UInt32(0)) { $0 | UInt32(new[start + $1]) << UInt32($1 * 8) }
      awaitedReads.append(AwaitedRead(page: ring.page, offset: offset + start, value: value))
      changed.formUnion(offset + start..<offset + start + 4)
    }
    try withRing(name) {
      $0.trapped.formUnion(changed)
      $0.allow(pending.ids, at: position, isExtra: pending.isExtra)
    }
  }

  /// Waits for the words that change when they are read; nobody but the netback looks at them now.
  mutating func setTraps() throws(BenchError) {
    for read in awaitedReads {
      traps.append(try ReadTrap(at: read.offset, of: read.page.memory, becoming: read.value))
    }
    awaitedReads = []
    for (name, reads) in awaitedShows {
      let (memory, producer) = try withRing(name) { ($0.guest.page.memory, $0.put) }
      shows[name] = try ReadTrap(
        at: 0,
        of: memory,
        becoming: producer,
        skipping: max(0, reads - 1)
      )
    }
    awaitedShows = [:]
  }

  /// Waits no longer for anything to be read, and raises the channels of producers that were.
  ///
  /// - Returns: Whether one was raised.
  mutating func endTraps() throws(BenchError) -> Bool {
    let ended = shows
    (traps, shows) = ([], [:])
    var isRaised = false
    for (name, show) in ended {
      guard let event = show.wordBehind, try withRing(name, { $0.noteShown(event: event) })
      else { continue }
      try raise(name)
      isRaised = true
    }
    return isRaised
  }

  /// A slot's bytes, and what may answer it.
  private mutating func encode(
    _ slot: XenSlot,
    _ position: Int,
    _ index: Int,
    _ ring: XenRing
  ) throws(BenchError) -> ([UInt8], DrivenRing.Pending) {
    switch slot {
    case .request(let request):
      let id = request.id ?? index
      let grant = try grant(request.grant, page: request.page ?? position, of: ring)
      let encoded = TransmitRequest(
        grant: grant,
        offset: UInt16(truncatingIfNeeded: request.offset),
        flags: TransmitFlags(rawValue: UInt16(truncatingIfNeeded: request.flags)),
        id: UInt16(truncatingIfNeeded: id),
        size: UInt16(truncatingIfNeeded: request.size)
      )
      return (encoded.bytes, DrivenRing.Pending(ids: [id & 0xFFFF], isExtra: false))
    case .extra(let extra):
      let bytes = [UInt8(truncatingIfNeeded: extra.type), UInt8(truncatingIfNeeded: extra.flags)]
      return (bytes + extra.payload.prefix(6), DrivenRing.Pending(ids: [], isExtra: true))
    case .buffer(let buffer): return try encode(buffer, position, index, ring)
    case .control(let control): return try encode(control, index, ring)
    case .bytes(let bytes):
      let at = ring.kind == .transmit ? 8 : 0
      let padded = bytes + [UInt8](repeating: 0, count: 16)
      let id = Int(padded[at]) | Int(padded[at + 1]) << 8
      return (bytes, DrivenRing.Pending(ids: [id], isExtra: false))
    }
  }

  private mutating func encode(
    _ buffer: XenBuffer,
    _ position: Int,
    _ index: Int,
    _ ring: XenRing
  ) throws(BenchError) -> ([UInt8], DrivenRing.Pending) {
    let number = buffer.page ?? position
    let grant = try grant(buffer.grant, page: number, of: ring)
    let id = (buffer.id ?? index) & 0xFFFF
    let request = ReceiveRequest(id: UInt16(id), grant: grant)
    let page = buffer.grant == nil ? number : nil
    return (request.bytes, DrivenRing.Pending(ids: [id], isExtra: false, page: page))
  }

  private mutating func encode(
    _ control: XenControl,
    _ index: Int,
    _ ring: XenRing
  ) throws(BenchError) -> ([UInt8], DrivenRing.Pending) {
    var data = (control.data + [0, 0, 0]).map { UInt32(truncatingIfNeeded: $0) }
    if let page = control.page { data.insert(try self.page(page, of: ring).grant.rawValue, at: 0) }
    let id = (control.id ?? index) & 0xFFFF
    let request = ControlRequest(
      id: UInt16(id),
      type: ControlType(rawValue: UInt16(truncatingIfNeeded: control.type)),
      data: (data[0], data[1], data[2])
    )
    return (request.bytes, DrivenRing.Pending(ids: [id], isExtra: false))
  }

  /// A grant by its number, or that of a page.
  private mutating func grant(
    _ number: Int?,
    page: Int,
    of ring: XenRing
  ) throws(BenchError) -> GrantReference {
    if let number { return GrantReference(rawValue: UInt32(truncatingIfNeeded: number)) }
    return try self.page(page, of: ring).grant
  }

  /// What a slot asks to be sent; bytes have the grant that they name.
  private mutating func request(
    _ slot: XenSlot,
    _ position: Int,
    _ ring: XenRing
  ) throws(BenchError) -> XenRequest? {
    switch slot {
    case .request(let request): return request
    case .bytes(let bytes):
      let request = TransmitRequest(bytes: bytes)
      try pages[ring.kind]?.grant(ring.queue << 16 | position, as: request.grant)
      return XenRequest(size: Int(request.size), offset: Int(request.offset), page: position)
    default: return nil
    }
  }

  /// Stores a frame where the requests of its chain say that it is, as far as there is room.
  private mutating func lay(
    _ frame: [UInt8],
    over slots: [XenSlot],
    of ring: XenRing
  ) throws(BenchError) {
    let first = try withRing(ring) { $0.put }
    let geometry = try withRing(ring) { $0.guest.ring.geometry }
    var requests: [(XenRequest, Int)] = []
    for (number, slot) in slots.enumerated() {
      let position = geometry.position(of: first &+ UInt32(number))
      if let request = try request(slot, position, ring) { requests.append((request, position)) }
    }
    let behind = requests.dropFirst().reduce(0) { $0 + $1.0.size }
    var rest = frame[...]
    for (number, (request, position)) in requests.enumerated() where request.grant == nil {
      // The first request has the length of the whole packet.
      let length = number == 0 ? max(0, request.size - behind) : request.size
      let page = try page(request.page ?? position, of: ring).page
      page.store(rest.prefix(length), at: request.offset)
      rest = rest.dropFirst(length)
    }
  }
}

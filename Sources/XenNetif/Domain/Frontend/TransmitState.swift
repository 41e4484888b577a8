/// What the sending half of a queue has in flight.
struct TransmitState {
  var ring: FrontRing
  var pool: BufferPool
  private(set) var violations: [BackendViolation] = []
  /// The number of pieces of each frame that have not been answered, by its first identifier.
  private(set) var frames: [UInt16: Int] = [:]
  /// The frame that a piece belongs to.
  private var owners: [UInt16: UInt16] = [:]
  /// The identifiers that may come back because of slots of any bytes.
  private var strays: [UInt16] = []
  /// The number of extra slots that have not been answered.
  private var extrasInFlight = 0

  init(ring: FrontRing, pool: BufferPool) {
    self.ring = ring
    self.pool = pool
  }

  mutating func put(_ frame: [UInt8], _ plan: TransmitPlan) throws(FrontendError) -> [UInt16] {
    let pieces = try plan.pieces(of: frame.count)
    let free = min(Int(ring.room), pool.freeCount)
    let needed = pieces.count + plan.extras.count
    guard needed <= free else { throw .noRoom(needed: needed, free: free) }
    var ids: [UInt16] = []
    for (number, piece) in pieces.enumerated() {
      guard let (id, buffer) = try? pool.take() else {
        ids.forEach { pool.give($0) }
        throw .noRoom(needed: pieces.count, free: number)
      }
      buffer.page.store(frame[piece.range], at: piece.offset)
      ids.append(id)
    }
    request(pieces, ids, plan, total: frame.count)
    return ids
  }

  mutating func put(
    slots: [[UInt8]],
    ids: [UInt16],
    extras: Int
  ) throws(FrontendError) {
    let free = Int(ring.room)
    guard slots.count <= free else { throw .noRoom(needed: slots.count, free: free) }
    // A request has as many bytes as a slot, and whatever they are they can be read as one.
    for slot in slots { ring.request(TransmitRequest(bytes: slot)) }
    strays += ids
    extrasInFlight += extras
  }

  mutating func takeResponses() -> [TransmitResponse] {
    var responses: [TransmitResponse] = []
    repeat {
      do throws(RingOverflow) {
        for _ in 0..<(try ring.unconsumed()) { responses.append(settle(ring.take())) }
      } catch {
        violations.append(.tooManyResponses(error))
        return responses
      }
    } while ring.finalCheck()
    return responses
  }

  /// Lets all that is in flight be as if it had been answered.
  mutating func forget() {
    for id in owners.keys { pool.give(id) }
    (owners, frames, strays, extrasInFlight) = ([:], [:], [], 0)
  }

  private mutating func request(
    _ pieces: [TransmitPiece],
    _ ids: [UInt16],
    _ plan: TransmitPlan,
    total: Int
  ) {
    for (number, piece) in pieces.enumerated() {
      let isFirst = number == 0
      var flags = isFirst ? plan.flags : []
      if isFirst && !plan.extras.isEmpty { flags.insert(.extraInfo) }
      if number < pieces.count - 1 { flags.insert(.moreData) }
      ring.request(
        TransmitRequest(
          grant: pool.buffers[ids[number]]?.grant ?? GrantReference(rawValue: 0),
          offset: UInt16(piece.offset),
          flags: flags,
          id: ids[number],
          // The first request has the length of the whole packet.
          size: UInt16(isFirst ? total : piece.range.count)
        )
      )
      if isFirst { requestExtras(plan.extras) }
      owners[ids[number]] = ids[0]
    }
    frames[ids[0]] = pieces.count
  }

  private mutating func requestExtras(_ extras: [ExtraInfo]) {
    for (number, extra) in extras.enumerated() {
      var extra = extra
      let isLast = number == extras.count - 1
      extra.flags = isLast ? extra.flags & ~ExtraInfo.moreFlag : extra.flags | ExtraInfo.moreFlag
      ring.request(extra)
    }
    extrasInFlight += extras.count
  }

  /// Frees what a response answers.
  private mutating func settle(_ response: TransmitResponse) -> TransmitResponse {
    switch response.status {
    case .null:
      if extrasInFlight == 0 { violations.append(.strayNull) } else { extrasInFlight -= 1 }
      return response
    case .okay, .error, .dropped: break
    default: violations.append(.unknownStatus(response.status))
    }
    if let index = strays.firstIndex(of: response.id) {
      strays.remove(at: index)
      return response
    }
    guard let owner = owners.removeValue(forKey: response.id) else {
      violations.append(.unknownIdentifier(response.id))
      return response
    }
    pool.give(response.id)
    frames[owner] = (frames[owner] ?? 1) - 1
    if frames[owner] == 0 { frames[owner] = nil }
    return response
  }
}

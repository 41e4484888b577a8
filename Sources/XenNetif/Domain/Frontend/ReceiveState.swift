internal import SystemPackage

/// What the receiving half of a queue has posted, and the frame it is putting together.
struct ReceiveState {
  /// What a page holds before it is posted.
  static let fill: UInt8 = 0xA5

  var ring: FrontRing
  var pool: BufferPool
  var violations: [BackendViolation] = []
  /// The identifiers of the requests that have not been answered, by their slot.
  private var posted: [Int: UInt16] = [:]
  private var assembly = ReceivedFrame()
  /// The data of each slot of the frame, room in front of it included.
  private var parts: [[UInt8]] = []
  private var expectation = Expectation.first

  /// What the next slot has to be.
  private enum Expectation {
    case first
    case extra(isDataNext: Bool)
    case data
  }

  init(ring: FrontRing, pool: BufferPool) {
    self.ring = ring
    self.pool = pool
  }

  /// Puts requests into the ring, each with a page of its own.
  ///
  /// - Returns: How many; fewer than `count` if there is no room for more.
  mutating func post(_ count: Int) throws(Errno) -> Int {
    var number = 0
    while number < count, ring.room > 0, let (id, buffer) = try pool.take() {
      buffer.page.fill(Self.fill)
      let index = ring.request(ReceiveRequest(id: id, grant: buffer.grant))
      posted[ring.ring.geometry.position(of: index)] = id
      number += 1
    }
    return number
  }

  /// The requests that have not been answered, in the order of the ring.
  var requests: [ReceiveRequest] {
    let first = ring.responseConsumer
    return (0..<ring.requestProducer &- first).compactMap { distance in
      let position = ring.ring.geometry.position(of: first &+ distance)
      guard let id = posted[position], let buffer = pool.buffers[id] else { return nil }
      return ReceiveRequest(id: id, grant: buffer.grant)
    }
  }

  mutating func takeFrames() -> [ReceivedFrame] {
    var frames: [ReceivedFrame] = []
    repeat {
      do throws(RingOverflow) {
        for _ in 0..<(try ring.unconsumed()) {
          if let frame = takeSlot() { frames.append(frame) }
        }
      } catch {
        violations.append(.tooManyResponses(error))
        return frames
      }
    } while ring.finalCheck()
    return frames
  }

  /// Lets all that was posted be as if it had come back.
  mutating func forget() {
    for id in posted.values { pool.give(id) }
    (posted, assembly, parts, expectation) = ([:], ReceivedFrame(), [], .first)
  }

  /// Takes one slot.
  ///
  /// - Returns: The frame, if this was its last slot.
  private mutating func takeSlot() -> ReceivedFrame? {
    let position = ring.ring.geometry.position(of: ring.responseConsumer)
    let id = posted.removeValue(forKey: position) ?? 0
    defer { pool.give(id) }
    if case .extra(let isDataNext) = expectation {
      takeExtra(ring.take(), isDataNext)
    } else {
      takeData(ring.take(), of: id)
    }
    guard case .first = expectation else { return nil }
    return finish()
  }

  private mutating func takeExtra(_ extra: ExtraInfo, _ isDataNext: Bool) {
    assembly.extras.append(extra)
    if !extra.hasMore { expectation = isDataNext ? .data : .first }
  }

  private mutating func takeData(_ response: ReceiveResponse, of id: UInt16) {
    if response.id != id { violations.append(.wrongSlot(expected: id, found: response.id)) }
    let isFirst = assembly.responses.isEmpty
    assembly.responses.append(response)
    if let part = data(of: response, id) { parts.append(part) }
    let isDataNext = response.flags.contains(.moreData)
    if isFirst && response.flags.contains(.extraInfo) {
      expectation = .extra(isDataNext: isDataNext)
    } else {
      expectation = isDataNext ? .data : .first
    }
  }

  /// The bytes that a response says to be in its page.
  private mutating func data(of response: ReceiveResponse, _ id: UInt16) -> [UInt8]? {
    guard response.status >= 0 else { return nil }
    let (start, end) = (Int(response.offset), Int(response.offset) + Int(response.status))
    guard end <= GuestPage.count, let page = pool.buffers[id]?.page else {
      violations.append(.outsidePage(offset: response.offset, status: response.status))
      return nil
    }
    let isConfined =
      page.isFilled(Self.fill, in: 0..<start) && page.isFilled(Self.fill, in: end..<GuestPage.count)
    if !isConfined { violations.append(.strayBytes(id: id)) }
    return page[start..<end]
  }

  private mutating func finish() -> ReceivedFrame {
    defer { (assembly, parts) = (ReceivedFrame(), []) }
    // What an offset leaves out is in no part; some backends tell the room by that alone.
    let left = max(0, assembly.headroom - Int(assembly.responses.first?.offset ?? 0))
    assembly.bytes = parts.flatMap { $0.dropFirst(left) }
    return assembly
  }
}

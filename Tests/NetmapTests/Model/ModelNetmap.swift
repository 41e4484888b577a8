import Glibc
import NetBackend

/// What a call is to give.
enum ModelOutcome {
  case nothing
  case length(Int)
  case frame([UInt8])
  case refused(BackendError.Reason)
}

extension ModelOutcome: Equatable {
  /// Written out, because comparing bytes one by one takes most of the time without optimisation.
  static func == (one: ModelOutcome, other: ModelOutcome) -> Bool {
    switch (one, other) {
    case (.nothing, .nothing): true
    case (.length(let one), .length(let other)): one == other
    case (.refused(let one), .refused(let other)): one == other
    case (.frame(let one), .frame(let other)):
      // Both have that many bytes.
      unsafe one.count == other.count && memcmp(one, other, one.count) == 0
    default: false
    }
  }
}

extension ModelOutcome: CustomStringConvertible {
  /// Frames by their length and a number that differs with their bytes.
  var description: String {
    switch self {
    case .nothing: "nothing"
    case .length(let length): "\(length) bytes"
    case .refused(let reason): "\(reason)"
    case .frame(let bytes):
      "\(bytes.count) bytes, digest \(bytes.reduce(5381) { $0 &* 33 &+ Int($1) })"
    }
  }
}

/// A model of a netmap backend on a network card: rows of frames, without memory and indices.
struct ModelNetmap {
  var transmit: ModelTransmitRing
  var receive: [ModelReceiveRing]
  /// The length of the vnet header in front of every frame.
  var headerLength = 0
  /// The ring that the last frame was found on.
  private var last = 0
  /// What the next sync in each direction fails with.
  var transmitFault: BackendError.Reason?
  var receiveFault: BackendError.Reason?
  /// The frames lost.
  var drops = DropCounters()
  /// An index that was made one the ring does not have, for the length of one call.
  var tampered: (ring: Int, reason: BackendError.Reason)?
  /// The number that stands for the ring to send from there.
  static let transmitRing = -1

  init(transmit: ModelTransmitRing, receive: [ModelReceiveRing]) {
    self.transmit = transmit
    self.receive = receive
  }

  mutating func send(_ frame: [UInt8]) -> ModelOutcome {
    if frame.isEmpty { return .refused(.emptyFrame) }
    if frame.count > transmit.frameLimit {
      return .refused(.frameTooLong(maximum: transmit.frameLimit))
    }
    let least = 14 + headerLength
    if frame.count < least { return .refused(.frameTooShort(minimum: least)) }
    if let tampered, tampered.ring == Self.transmitRing {
      // A head that cannot be is set back, and nothing else is done.
      let isTail = tampered.reason.isOfTail
      if takeTransmitFault() == nil, isTail { transmit.sync() }
      return .refused(tampered.reason)
    }
    let slots = transmit.slots(for: frame.count)
    // The kernel is asked for room, and asked once more to be told when there is some.
    if transmit.free < slots {
      if let fault = takeTransmitFault() { return .refused(fault) }
      transmit.sync()
      guard transmit.free >= slots else {
        if let fault = takeTransmitFault() { return .refused(fault) }
        transmit.sync()
        return .nothing
      }
    }
    if let index = transmit.wrongIndex(inNext: slots) {
      if takeTransmitFault() == nil { transmit.sync() }
      return .refused(.corruptRing(field: "buf_idx", value: UInt64(index)))
    }
    if let fault = takeTransmitFault() {
      drops.sendFailed += 1
      return .refused(fault)
    }
    transmit.publish(frame)
    transmit.sync()
    return .length(frame.count)
  }

  mutating func peek() -> ModelOutcome {
    found { (ring, slots) in .length(ring.bytes(slots).count) }
  }

  mutating func discard() -> ModelOutcome {
    found { (ring, slots) in
      defer { ring.release(slots) }
      return .length(ring.bytes(slots).count)
    }
  }

  mutating func receive(capacity: Int) -> ModelOutcome {
    let headerLength = headerLength
    return found { (ring, slots) in
      var bytes = ring.bytes(slots)
      guard bytes.count <= capacity else { return .refused(.noSpace(required: bytes.count)) }
      ring.release(slots)
      // A header of 12 bytes ends with the number of buffers, which is one.
      if headerLength == 12, bytes.count >= 12 { bytes.replaceSubrange(10..<12, with: [1, 0]) }
      return .frame(bytes)
    }
  }

  mutating func syncTransmit() { transmit.sync() }

  mutating func syncReceive() { for ring in receive.indices { receive[ring].sync() } }

  private mutating func found(
    _ body: (inout ModelReceiveRing, Int) -> ModelOutcome
  ) -> ModelOutcome {
    for isLastTry in [false, true] {
      for step in receive.indices {
        let number = (last + step) % receive.count
        if let tampered, tampered.ring == number {
          if takeReceiveFault() == nil { syncReceive() }
          return .refused(tampered.reason)
        }
        dropWhatIsNone(on: number)
        guard case .frame(let slots) = receive[number].front else { continue }
        last = number
        return body(&receive[number], slots)
      }
      if isLastTry { break }
      if let fault = takeReceiveFault() { return .refused(fault) }
      syncReceive()
    }
    return .nothing
  }

  private mutating func dropWhatIsNone(on number: Int) {
    while true {
      switch receive[number].front {
      case .nothing, .frame: return
      case .empty(let slots): receive[number].release(slots)
      case .wrong(let slots):
        receive[number].release(slots)
        drops.receiveCorrupt += 1
      }
    }
  }

  private mutating func takeTransmitFault() -> BackendError.Reason? {
    defer { transmitFault = nil }
    return transmitFault
  }

  private mutating func takeReceiveFault() -> BackendError.Reason? {
    defer { receiveFault = nil }
    return receiveFault
  }
}

extension BackendError.Reason {
  /// Whether a ring's tail cannot be what it is.
  fileprivate var isOfTail: Bool {
    guard case .corruptRing("tail", _) = self else { return false }
    return true
  }
}

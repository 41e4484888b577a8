import NetBackend
import Netmap
import SystemPackage

extension ModelSession {
  /// Plays one round on both sides.
  func play(_ round: ModelRound) throws {
    switch round {
    case .send: try send(anyFrame())
    case .peek:
      let seen = outcome { () throws(BackendError) in try backend.peekLength() }
      try compare("peek", seen, model.peek())
    case .receive: try receive()
    case .discard:
      let seen = outcome { () throws(BackendError) in try backend.discard() }
      try compare("discard", seen, model.discard())
    case .inject: try inject()
    case .publish: try publish()
    case .consume: try consume()
    case .limit: try limit()
    case .syncTransmit:
      try kernel.port.syncTransmit(descriptor())
      model.syncTransmit()
    case .syncReceive:
      try kernel.port.syncReceive(descriptor())
      model.syncReceive()
    case .fault: fault()
    case .tamper: try tamper()
    case .spoil: try spoil()
    case .mend: try mend()
    case .place: try place()
    }
  }

  private func descriptor() throws -> Int32 {
    guard let descriptor = kernel.openDescriptors.first else { throw Errno.badFileDescriptor }
    return descriptor
  }

  private func outcome(_ call: () throws(BackendError) -> Int?) -> ModelOutcome {
    do throws(BackendError) { return try call().map { .length($0) } ?? .nothing } catch {
      return .refused(error.reason)
    }
  }

  // MARK: - Frames

  private static let bytes: [UInt8] = {
    var random = ModelRandom(seed: 0)
    return (0..<1 << 16).map { _ in UInt8(truncatingIfNeeded: random.next() >> 56) }
  }()

  /// Bytes that are hardly the same twice.
  private func anyBytes(_ length: Int) -> [UInt8] {
    let start = random.below(Self.bytes.count / 2)
    return Array(Self.bytes[start..<start + length])
  }

  /// A frame of a length that the ring has trouble with, or one as they are.
  private func anyFrame() -> [UInt8] {
    let size = geometry.bufferSize
    let length =
      switch random.below(8) {
      case 0: random.among(0...16)
      case 1: size * random.among(1...4) + random.among(-1...1)
      case 2: min(20_000, model.transmit.frameLimit) + random.among(-1...1)
      case 3: random.among(14...max(14, 6 * size))
      default: random.among(14...200)
      }
    return anyBytes(min(max(0, length), 20_001))
  }

  private func send(_ frame: [UInt8]) throws {
    let seen = buffers.send(frame, through: backend, &random)
    try compare("send of \(frame.count) bytes", seen, model.send(frame))
  }

  private func receive() throws {
    let capacity = random.oneIn(3) ? random.among(0...300) : random.among(0...24_000)
    let seen = buffers.receive(capacity, from: backend, &random)
    try compare("receive with \(capacity) bytes", seen, model.receive(capacity: capacity))
  }

  private func consume() throws {
    var seen: [ModelOutcome] = []
    unsafe kernel.drainSent(from: Self.port) { (bytes, _) in
      unsafe seen.append(.frame(Array(bytes)))
    }
    try compare("frames on the wire", seen, model.transmit.takeSent().map { .frame($0) })
  }

  private func limit() throws {
    let limit = random.oneIn(3) ? nil : random.among(0...6)
    try kernel.limitWire(Self.port, slotsPerSync: limit)
    model.transmit.slotsPerSync = limit ?? .max
  }

  private func inject() throws {
    let frame = anyFrame()
    let ring = random.below(geometry.receiveRings)
    try kernel.inject(frame, into: Self.port, ring: ring)
    model.receive[ring].inject(frame)
  }

  /// Slots of any lengths, flags and indices, most of which make sense.
  private func publish() throws {
    let number = random.below(geometry.receiveRings)
    let count = min(model.receive[number].free, random.among(1...6))
    guard count > 0 else { return }
    let lengths = (0..<count).map { _ in
      switch random.below(12) {
      case 0: 0
      case 1: min(65_535, geometry.bufferSize + random.among(1...9))
      default: random.among(1...geometry.bufferSize)
      }
    }
    let size = geometry.bufferSize
    let bytes = anyBytes(lengths.reduce(0) { $0 + min($1, size) })
    var start = 0
    try kernel.publish(bytes, slots: count, to: Self.port, number) { (slot, index) in
      let length = lengths[index]
      let isLast = index == count - 1
      let hasMore = isLast ? random.oneIn(6) : !random.oneIn(3)
      slot.length = UInt16(length)
      slot.flags = NetmapSlotFlags(rawValue: UInt16(random.below(256)) << 8)
      if hasMore { slot.flags.insert(.moreFragments) }
      setIndex(of: &slot, on: number)
      let end = start + min(length, size)
      let part = ModelSlot(
        bytes: Array(bytes[start..<end]),
        hasMore: hasMore,
        isRight: length <= size
      )
      model.receive[number].fill(part)
      start = end
    }
  }

  /// Makes the index of the next slot wrong now and then.
  private func setIndex(of slot: inout NetmapSlot, on number: Int) {
    guard random.oneIn(12) else { return }
    model.receive[number].wrongPlaces.insert(model.receive[number].nextPlace)
    slot.bufferIndex = anyWrongIndex()
  }

  private func anyWrongIndex() -> UInt32 { [0, 1, 1 << 24, .max][random.below(4)] }

  // MARK: - What goes wrong

  private func fault() {
    let (errno, reason): (Errno, BackendError.Reason) =
      random.oneIn(2) ? (.ioError, .system) : (.noSuchAddressOrDevice, .disconnected)
    if random.oneIn(2) {
      faulty.failTransmit(errno)
      model.transmitFault = reason
    } else {
      faulty.failReceive(errno)
      model.receiveFault = reason
    }
  }

  /// Changes an index of a ring to one that it does not have, for the length of one call.
  ///
  /// Not the head of a ring to receive from, nor that of one with wrong buffers: the kernel starts such
  /// a ring again, where it stood at the last sync and without what was wrong.
  private func tamper() throws {
    let isTransmit = random.oneIn(2)
    let number = isTransmit ? 0 : random.below(geometry.receiveRings)
    let slots = UInt32(isTransmit ? geometry.transmitSlots : geometry.receiveSlots)
    let value = [slots, slots + 1, .max][random.below(3)]
    let isHead = isTransmit && model.transmit.wrongIndices.isEmpty && random.oneIn(2)
    let before = try swap(isTransmit, number, isHead, value)
    model.tampered = (
      isTransmit ? ModelNetmap.transmitRing : number,
      .corruptRing(field: isHead ? "head" : "tail", value: UInt64(value))
    )
    if isTransmit {
      try send(anyFrame())
    } else {
      try play([.peek, .receive, .discard][random.below(3)])
    }
    model.tampered = nil
    // The kernel has put it right, if it was asked.
    _ = try swap(isTransmit, number, isHead, before, onlyIf: value)
  }

  /// Puts a value in the place of an index, and returns what was there.
  private func swap(
    _ isTransmit: Bool,
    _ number: Int,
    _ isHead: Bool,
    _ value: UInt32,
    onlyIf old: UInt32? = nil
  ) throws -> UInt32 {
    try kernel.withRing(of: Self.port, isTransmit: isTransmit, number) { ring in
      let before = isHead ? ring.head : ring.tail
      guard old == nil || before == old else { return before }
      if isHead { ring.head = value } else { ring.tail = value }
      return before
    }
  }

  /// Gives a slot to send from an index that is none, or all of them their own again.
  private func spoil() throws {
    // What is under way keeps its buffers.
    guard model.transmit.free > 0 else { return }
    let place = model.transmit.place(random.below(model.transmit.free))
    let isBetter = !model.transmit.wrongIndices.isEmpty
    let index = isBetter ? 0 : anyWrongIndex()
    let (indices, wrong) = (transmitIndices, model.transmit.wrongIndices)
    try kernel.withRing(of: Self.port, isTransmit: true) { ring in
      if isBetter {
        for place in wrong.keys { ring[UInt32(place)].bufferIndex = indices[place] }
      } else {
        ring[UInt32(place)].bufferIndex = index
      }
    }
    model.transmit.wrongIndices = isBetter ? [:] : [place: index]
  }

  /// Gives the slots that the device has their own indices again.
  private func mend() throws {
    for number in model.receive.indices {
      let places = model.receive[number].freePlaces.filter(
        model.receive[number].wrongPlaces.contains
      )
      let indices = receiveIndices[number]
      try kernel.withRing(of: Self.port, isTransmit: false, number) { ring in
        for place in places { ring[UInt32(place)].bufferIndex = indices[place] }
      }
      model.receive[number].wrongPlaces.subtract(places)
    }
  }

  private func place() throws {
    if model.transmit.isIdle {
      let position = random.below(geometry.transmitSlots)
      model.transmit.place(at: position)
      try kernel.placeRing(
        of: Self.port,
        isTransmit: true,
        head: UInt32(position),
        tail: UInt32(model.transmit.tail)
      )
    }
    for number in model.receive.indices where model.receive[number].isIdle {
      let position = random.below(geometry.receiveSlots)
      model.receive[number].place(at: position)
      try kernel.placeRing(
        of: Self.port,
        isTransmit: false,
        number,
        head: UInt32(position),
        tail: UInt32(position)
      )
    }
  }
}

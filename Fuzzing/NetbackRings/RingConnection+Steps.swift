import Glibc
import NetBackend
import XenNetif

/// What an input has done.
extension RingConnection {
  /// Does what a step says: its byte chooses a ring or something else, and how many slots.
  func perform(_ step: UInt8, _ input: inout FuzzInput) {
    let number = Int(step >> 2)
    switch step & 3 {
    case 0: publishTransmit(number + 1, &input)
    case 1: publish(&receive, number + 1, &input)
    case 2: publishControl(number + 1, &input)
    default: performOther(number, &input)
    }
    turn()
  }

  /// Has the netback look at what it was told, without a look at the store.
  func turn() { while bus.hasPending { loop.runFirst() } }

  private func performOther(_ number: Int, _ input: inout FuzzInput) {
    switch number & 7 {
    case 0: while takeFrame() != nil {}
    case 1, 2, 3: send(&input)
    case 4: store(&input)
    case 5: publishAgain(transmit, Int(input.byte()))
    case 6: publishAgain(receive, input.number(below: 64))
    default: move(number >> 3, &input)
    }
  }

  private func publish(_ ring: inout OpenRing, _ count: Int, _ input: inout FuzzInput) {
    let size = ring.guest.ring.geometry.slotSize
    let bytes = input.rest(count * size)
    let slots = UnsafeRawBufferPointer(rebasing: bytes.prefix(bytes.count / size * size))
    ring.publish(slots, count: slots.count / size)
    ring.last = slots
    bus.raise(ring.channel)
  }

  /// Publishes slots once more: little input fills a ring.
  private func publishAgain(_ ring: OpenRing, _ count: Int) {
    hasRepeated = true
    ring.publish(ring.last, count: count)
    bus.raise(ring.channel)
  }

  private func publishTransmit(_ count: Int, _ input: inout FuzzInput) {
    publish(&transmit, count, &input)
    guard choice.policy.chain.lastKnownExtra.rawValue >= ExtraType.multicastAdd.rawValue,
      let start = transmit.last.baseAddress
    else { return }
    for offset in stride(from: 0, to: transmit.last.count, by: TransmitRequest.size)
    where transmit.last[offset] == ExtraType.multicastAdd.rawValue {
      addedGroups.append(start + offset)
    }
  }

  private func publishControl(_ count: Int, _ input: inout FuzzInput) {
    guard var ring = control else { return publishTransmit(count, &input) }
    publish(&ring, count, &input)
    control = ring
    hasAsked = true
  }

  /// Moves an index by any number.
  private func move(_ choice: Int, _ input: inout FuzzInput) {
    let ring = choice & 1 == 0 ? transmit : receive
    hasRepeated = true
    ring.move(choice & 2 == 0, by: input.word())
    bus.raise(ring.channel)
  }

  /// Overwrites a part of a page that slots can name.
  private func store(_ input: inout FuzzInput) {
    let number = input.number(below: RingPages.count)
    let offset = input.short()
    pages.store(input.rest(input.number(below: 64)), in: number, at: offset)
  }

  /// Sends a frame of up to 64 KiB, whose first bytes are those of the input.
  private func send(_ input: inout FuzzInput) {
    let length = input.short() % FrameMemory.longest
    let bytes = input.rest(input.number(below: 96))
    FrameMemory.begin(choice, with: bytes)
    hasSent = true
    send(length: length)
    FrameMemory.begin(choice)
  }

  /// Sends the first bytes of the memory for frames.
  func send(length: Int) {
    withUnsafeTemporaryAllocation(of: BufferElement.self, capacity: 1) { elements in
      elements.initializeElement(
        at: 0,
        to: BufferElement(base: FrameMemory.sent, length: UInt(length))
      )
      let list = UnsafeBufferPointer(elements)
      _ = try? netback.send(ScatterGatherList(unsafeElements: list))
    }
  }

  /// Takes the next frame that the frontend has sent.
  ///
  /// - Returns: Its length; `nil` if there is none.
  func takeFrame() -> Int? {
    withUnsafeTemporaryAllocation(of: BufferElement.self, capacity: 1) { elements in
      elements.initializeElement(
        at: 0,
        to: BufferElement(base: FrameMemory.received, length: UInt(FrameMemory.longest))
      )
      let list = UnsafeBufferPointer(elements)
      return try? netback.receive(into: MutableScatterGatherList(unsafeElements: list))
    }
  }
}

/// Memory of the host for one frame of each direction.
///
/// Unsafe to share, and not shared: libFuzzer plays all inputs on one thread.
enum FrameMemory {
  static let longest = 66_000
  nonisolated(unsafe) static let sent = allocate()
  nonisolated(unsafe) static let received = allocate()

  private static func allocate() -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: longest, alignment: 64)
    memset(memory, 0x5A, longest)
    return memory
  }

  /// Has the next frame begin with some bytes, and go on as a plain one.
  static func begin(
    _ choice: RingChoice,
    with bytes: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)
  ) {
    memset(sent, 0x5A, 128)
    memset(sent, 0, choice.headerLength)
    let frame = SampleFrames.all[0]
    (sent + choice.headerLength).copyMemory(from: frame, byteCount: frame.count)
    if let start = bytes.baseAddress { memcpy(sent, start, bytes.count) }
  }
}

import Glibc
import XenNetif

/// What follows an input.
extension RingConnection {
  /// The bytes of the smallest frame that the fuzzer sends by itself.
  private static let plainLength = 60
  /// The bytes of a frame that needs most of the requests that one can need.
  private static let longLength = 60_000
  /// The most requests that a frame needs.
  private static let mostRequests: UInt32 = 24

  /// Has the netback answer everything, and makes the connection anew if it does not.
  func finish() throws {
    let isAtRest = comeToRest()
    check()
    if isAtRest {
      precondition(transmit.hasKnownStatuses, "responses have a status that there is")
      precondition(loop.turn() == 0, "work ends")
    }
    if isAtRest && (addedGroups.isEmpty || !hasRepeated) { reset() } else { try renew() }
  }

  /// Has the netback answer everything.
  ///
  /// - Returns: Whether it has, and frames go both ways.
  private func comeToRest() -> Bool {
    while takeFrame() != nil {}
    precondition(control?.isAtRest ?? true, "each request is answered once")
    guard netback.hasCarrier else { return false }
    // If a chain is unfinished, this is the rest of it: an extra, and the last slot.
    for _ in 0..<2 where !transmit.isAtRest {
      publishPlain(1)
      while takeFrame() != nil {}
    }
    precondition(transmit.isAtRest || netback.isDisabled, "each request is answered once")
    guard transmit.isAtRest, passReceived() else { return false }
    for group in addedGroups { delete(group) }
    if hasAsked { takeBackWhatWasAsked() }
    // An odd number of slots: the same input played again and again begins at each slot once.
    let count = transmit.requestCount % 2 == 0 ? 1 : 2
    pages.reset()
    publishPlain(count)
    for _ in 0..<count {
      precondition(
        takeFrame() == Self.plainLength + choice.headerLength,
        "a frame gets through when the ring was at rest"
      )
    }
    precondition(takeFrame() == nil && transmit.isAtRest, "each request is answered once")
    return true
  }

  /// Has frames that wait go into requests, and requests be answered by frames.
  ///
  /// - Returns: Whether neither is left.
  private func passReceived() -> Bool {
    guard receive.unanswered <= UInt32(receive.guest.ring.geometry.slotCount) else { return false }
    for _ in 0..<64 where hasSent && receive.unanswered < Self.mostRequests {
      post(Self.mostRequests - receive.unanswered)
    }
    while !receive.isAtRest {
      let count = receive.responseCount
      // Long frames, as long as there are many requests: it takes less time.
      let isLong = choice.takesLongFrames && receive.unanswered > Self.mostRequests
      send(length: (isLong ? Self.longLength : Self.plainLength) + choice.headerLength)
      if receive.responseCount != count { continue }
      // It needs two requests.
      post(1)
      precondition(receive.isAtRest || netback.isDisabled, "each request is answered once")
      if netback.isDisabled { return false }
    }
    return true
  }

  /// Deletes the group that a slot may have added.
  private func delete(_ group: UnsafeRawPointer) {
    let size = TransmitRequest.size
    withUnsafeTemporaryAllocation(byteCount: 2 * size, alignment: 8) { bytes in
      guard let start = bytes.baseAddress else { return }
      plain([.extraInfo]).write(to: start)
      memcpy(start + size, group, size)
      // Its type, and that no other extra follows.
      (bytes[size], bytes[size + 1]) = (ExtraType.multicastDelete.rawValue, 0)
      transmit.publish(UnsafeRawBufferPointer(bytes), count: 2)
    }
    bus.raise(transmit.channel)
    turn()
  }

  /// Publishes frames of one slot that have nothing wrong with them.
  private func publishPlain(_ count: Int) {
    publish(plain([]), count: count, on: transmit)
  }

  private func plain(_ flags: TransmitFlags) -> TransmitRequest {
    TransmitRequest(
      grant: RingPages.sent,
      offset: 0,
      flags: flags,
      id: 0,
      size: UInt16(Self.plainLength)
    )
  }

  /// Publishes requests to receive into a page.
  private func post(_ count: UInt32) {
    publish(ReceiveRequest(id: 0, grant: RingPages.posted), count: Int(count), on: receive)
  }

  /// Has the netback hash as it did at first.
  private func takeBackWhatWasAsked() {
    guard let control else { return }
    let none = HashAlgorithm.none.rawValue
    ask(.setHashAlgorithm, HashAlgorithm.toeplitz.rawValue, on: control)
    for type in [.setHashFlags, .setHashKey, .setHashMappingSize] as [ControlType] {
      ask(type, 0, on: control)
    }
    ask(.setHashAlgorithm, none, on: control)
    precondition(control.isAtRest, "each request is answered once")
  }

  private func ask(_ type: ControlType, _ data: UInt32, on ring: OpenRing) {
    publish(ControlRequest(id: 0, type: type, data: (data, 0, 0)), count: 1, on: ring)
    let answer = ring.guest.ring.responseProducer.load() &- 1
    let response = ring.guest.ring.value(at: answer, as: ControlResponse.self)
    precondition(response.status == .success, "hashing can be reset")
  }

  /// Publishes the same request several times.
  private func publish<Request: WireValue>(_ request: Request, count: Int, on ring: OpenRing) {
    withUnsafeTemporaryAllocation(byteCount: Request.size, alignment: 8) { bytes in
      guard let start = bytes.baseAddress else { return }
      request.write(to: start)
      ring.publish(UnsafeRawBufferPointer(bytes), count: count)
    }
    bus.raise(ring.channel)
    turn()
  }
}

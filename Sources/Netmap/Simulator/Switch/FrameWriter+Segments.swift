internal import RingMemory

extension FrameWriter {
  /// Cuts a frame into segments, each in a slot of its own, as long as the receiver's longest frame.
  ///
  /// The segment size that the header asks for is not looked at. Without slots for all of them, or
  /// with headers that are not whole in one slot, there are none.
  mutating func writeSegments(
    _ fragments: UnsafeBufferPointer<ForwardingTable.Entry>,
    _ header: SourceHeader
  ) -> Bool {
    guard var source = unsafe SegmentSource(fragments, behind: sourceHeader),
      let headers = unsafe SegmentHeaders(source.bytes, source.count, isUDP: header.isUDP),
      headers.count < frameLimit
    else { return false }
    source.advance(headers.count)
    var place = position
    var segments = 0
    var length = 0
    var sentPayload = 0
    while source.hasBytes {
      guard segments < room else { return false }
      let target = unsafe ring.buffer(ring[place].bufferIndex)
      if length == 0 {
        guard unsafe ring.memoryEnd - target >= headers.ethernet + headers.network + 20 else {
          return false
        }
        unsafe copy(to: target, from: headers.bytes, headers.count)
        length = headers.count
      }
      let count = min(source.count, frameLimit - length)
      unsafe copy(to: target + length, from: source.bytes, count)
      length += count
      source.count -= count
      unsafe source.bytes += count
      let isLast = source.count == 0 && source.isLast
      if length >= frameLimit || isLast {
        unsafe headers.correct(
          target,
          length: min(length, ring.memoryEnd - target),
          index: segments,
          offset: sentPayload,
          isLast: isLast
        )
        finishSegment(length, at: place)
        place = ring.indices.next(place)
        segments += 1
        sentPayload += length - headers.count
        length = 0
      }
      source.advance(0)
    }
    position = place
    room -= segments
    return segments > 0
  }

  private func finishSegment(_ length: Int, at place: UInt32) {
    var slot = ring[place]
    slot.length = UInt16(truncatingIfNeeded: length)
    // Not even the count of fragments.
    slot.flags = []
    ring[place] = slot
  }
}

/// What is left of a frame that is cut into segments.
@safe struct SegmentSource {
  private let fragments: UnsafeBufferPointer<ForwardingTable.Entry>
  private var index = 0
  /// The rest of the slot that is being cut.
  var bytes: UnsafeMutableRawPointer
  var count: Int
  /// Whether there is a slot.
  private(set) var hasBytes = true

  /// Begins behind the vnet header, which may have a slot of its own; `nil` if nothing is behind it.
  init?(_ fragments: UnsafeBufferPointer<ForwardingTable.Entry>, behind header: Int) {
    unsafe self.fragments = fragments
    unsafe bytes = fragments[0].bytes + header
    count = unsafe fragments[0].length - header
    guard count == 0 else { return }
    guard fragments.count > 1 else { return nil }
    index = 1
    unsafe bytes = fragments[1].bytes
    count = unsafe fragments[1].length
  }

  /// Whether this is the last slot.
  var isLast: Bool { unsafe index + 1 == fragments.count }

  /// Goes on by so many bytes, and to the next slot if nothing is left of this one.
  mutating func advance(_ length: Int) {
    unsafe bytes += length
    count -= length
    guard count == 0 else { return }
    index += 1
    hasBytes = unsafe index < fragments.count
    guard hasBytes else { return }
    unsafe bytes = fragments[index].bytes
    count = unsafe fragments[index].length
  }
}

internal import NetBackend
internal import Synchronization

extension Vif {
  /// Lets a frame wait that the frontend cuts, or the segments of one that it does not cut.
  func placeSegmented(
    _ bytes: UnsafeMutableRawPointer,
    _ frame: QueuedFrame,
    _ segmentation: FrameSegmentation,
    _ queue: ReceiveQueue<Port>,
    _ features: FrontendFeatures
  ) throws(BackendError) {
    let network = unsafe NetworkProtocol(etherTypeOf: bytes, count: frame.length)
    let takesChecksum = features.takesChecksum(network)
    let isTaken = features.takesSegmentation(segmentation.type)
    guard network == (segmentation.type == .tcp4 ? .ip4 : .ip6),
      let cutter = unsafe FrameCutter(
        bytes,
        count: frame.length,
        size: segmentation.size,
        checksum: takesChecksum ? .partial : .complete
      )
    else { throw lost() }
    var frame = frame
    if takesChecksum { frame.flags = [.checksumBlank, .dataValidated] }
    if isTaken {
      if cutter.segmentCount > 1 { frame.segmentation = segmentation }
      return try enqueue(frame, queue)
    }
    try unsafe placeSegments(bytes, frame, cutter, queue)
  }

  /// Cuts a frame; the segments wait all of them, or none.
  private func placeSegments(
    _ bytes: UnsafeRawPointer,
    _ frame: QueuedFrame,
    _ cutter: FrameCutter,
    _ queue: ReceiveQueue<Port>
  ) throws(BackendError) {
    let count = cutter.segmentCount
    let all = count * cutter.headersLength + frame.length - cutter.headersLength
    var segment = frame
    segment.length = cutter.length(of: 0)
    // What is more than may wait at all, or than a ring takes, is never going to be sent.
    guard all <= policy.receiveQueueBytes,
      queue.layout.slots(segment) <= Int(queue.ring.slotCount)
    else { throw lost() }
    for index in 0..<count {
      segment.length = cutter.length(of: index)
      guard let start = queue.reserve(segment.length) else {
        // The memory is larger than all that may wait; if not, this is a loss like any other.
        counters.sendFailed.add(1, ordering: .relaxed)
        return
      }
      segment.start = start
      unsafe cutter.write(index, of: bytes, to: queue.arena.address(start))
      queue.append(segment)
    }
  }
}

extension FrameOffload {
  /// What a vnet header asks for; `nil` if that cannot be done to a frame of `length` bytes.
  init?(_ header: VirtioNetHeader, length: Int) {
    isValidated = header.flags.contains(.dataValid)
    if header.flags.contains(.needsChecksum) {
      let place = ChecksumPlace(
        start: Int(header.checksumStart),
        offset: Int(header.checksumOffset)
      )
      guard place.start + place.offset + 2 <= length else { return nil }
      checksum = place
    }
    typealias Segmentation = VirtioNetHeader.Segmentation
    let type: SegmentationType
    switch header.segmentation & ~Segmentation.congestionNotification {
    case Segmentation.none: return
    case Segmentation.tcp4: type = .tcp4
    case Segmentation.tcp6: type = .tcp6
    default: return nil
    }
    guard header.segmentSize > 0, checksum != nil else { return nil }
    segmentation = FrameSegmentation(size: header.segmentSize, type: type)
  }
}

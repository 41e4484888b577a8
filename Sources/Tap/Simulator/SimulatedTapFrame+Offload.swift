internal import NetBackend
internal import SystemPackage

extension SimulatedTapFrame {
  /// Whether the payload is to be cut into several frames.
  var isUnsegmented: Bool {
    header.segmentation != VirtioNetHeader.Segmentation.none
  }

  /// Refuses a header that speaks of bytes the frame does not have, or of an unknown segmentation.
  ///
  /// Source: Linux `tun_vnet_hdr_get`, `virtio_net_hdr_to_skb`.
  func checkHeader(beforeLength length: Int) throws(Errno) {
    let checksumEnd = Int(header.checksumStart) + Int(header.checksumOffset) + 2
    if header.flags.contains(.needsChecksum) {
      // The kernel adds in 16 bits.
      guard checksumEnd <= length, header.checksumStart >= 14 else { throw .invalidArgument }
    }
    guard header.headersLength == 0 || (14...max(14, length)).contains(Int(header.headersLength))
    else { throw .invalidArgument }
    if isUnsegmented { try checkSegmentation(length) }
  }

  private func checkSegmentation(_ length: Int) throws(Errno) {
    guard let transport = SimulatedTransport(header.segmentation), header.segmentSize > 0 else {
      throw .invalidArgument
    }
    guard header.flags.contains(.needsChecksum) else { return }
    guard transport.accepts(checksumOffset: header.checksumOffset),
      Int(header.checksumStart) + transport.headerLength <= length
    else { throw .invalidArgument }
  }

  /// The frame as a device hands it over that may leave `offloads` undone.
  ///
  /// - Throws: `EOPNOTSUPP` for a frame that the kernel would segment, which is not simulated.
  func finished(for offloads: TapOffloads) throws(Errno) -> SimulatedTapFrame {
    var frame = SimulatedTapFrame(bytes)
    if isUnsegmented && offloads.contains(SimulatedTransport.offload(header.segmentation)) {
      frame.header = header
      frame.header.bufferCount = 0
      return frame
    }
    let payload = bytes.count - Int(header.headersLength)
    guard !isUnsegmented || payload <= Int(header.segmentSize) else {
      throw .notSupported
    }
    guard header.flags.contains(.needsChecksum) else { return frame }
    if offloads.contains(.checksum) {
      frame.header.flags = .needsChecksum
      frame.header.checksumStart = header.checksumStart
      frame.header.checksumOffset = header.checksumOffset
    } else {
      frame.completeChecksum(from: Int(header.checksumStart), offset: Int(header.checksumOffset))
    }
    return frame
  }

  /// Stores the checksum of the bytes from `start` on; a sum of 0 is stored as 0xFFFF.
  ///
  /// Source: Linux `skb_checksum_help`.
  private mutating func completeChecksum(from start: Int, offset: Int) {
    var sum: UInt32 = 0
    for (index, byte) in bytes[start...].enumerated() {
      sum &+= index.isMultiple(of: 2) ? UInt32(byte) << 8 : UInt32(byte)
      sum = (sum & 0xFFFF) &+ (sum >> 16)
    }
    let complement = ~UInt16(truncatingIfNeeded: sum)
    let checksum = complement == 0 ? 0xFFFF : complement
    bytes[start + offset] = UInt8(checksum >> 8)
    bytes[start + offset + 1] = UInt8(truncatingIfNeeded: checksum)
  }
}

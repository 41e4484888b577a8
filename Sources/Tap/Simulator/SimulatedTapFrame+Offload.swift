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
  ///
  /// - Parameter behindHeader: The bytes behind the first ten of the header, the rest of a longer
  ///   header included: the kernel compares the length of the headers with these.
  func checkHeader(behindHeader: Int) throws(Errno) {
    guard Int(header.headersLength) <= behindHeader else { throw .invalidArgument }
    let transport = SimulatedTransport(header.segmentation)
    if isUnsegmented {
      guard transport != nil, header.segmentSize > 0 else { throw .invalidArgument }
    }
    if header.flags.contains(.needsChecksum) { try checkChecksum(transport) }
  }

  private func checkChecksum(_ transport: SimulatedTransport?) throws(Errno) {
    let start = Int(header.checksumStart)
    let offset = Int(header.checksumOffset)
    let end = start + max(offset + 2, transport?.headerLength ?? 0)
    // The kernel wants room for a network header, counted from the first byte of the frame.
    guard end <= bytes.count, start >= transport?.networkHeaderLength ?? 20,
      transport?.accepts(checksumOffset: header.checksumOffset) ?? true
    else { throw .invalidArgument }
  }

  /// Refuses a frame to be segmented whose EtherType is not that of its segmentation.
  ///
  /// The kernel looks at this only if the header does not say where the checksum starts, and only for
  /// a packet socket.
  func checkProtocol() throws(Errno) {
    guard let transport = SimulatedTransport(header.segmentation), isUnsegmented,
      !header.flags.contains(.needsChecksum)
    else { return }
    let etherType = UInt16(bytes[12]) << 8 | UInt16(bytes[13])
    guard transport.etherTypes.contains(etherType) else { throw .invalidArgument }
  }

  /// The frame as a device hands it over that may leave `offloads` undone.
  ///
  /// - Throws: `EOPNOTSUPP` for a frame that the kernel would segment, which is not simulated.
  func finished(for offloads: TapOffloads) throws(Errno) -> SimulatedTapFrame {
    var frame = SimulatedTapFrame(bytes)
    if isUnsegmented && offloads.contains(SimulatedTransport.offload(header.segmentation)) {
      frame.header = header
      frame.header.bufferCount = 0
      frame.header.headersLength = linearLength
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

  /// The bytes that the kernel keeps in one piece, which it gives as the length of the headers.
  ///
  /// A packet socket puts less than a page into one piece, of more only the headers.
  /// Source: Linux `packet_alloc_skb`, `virtio_net_hdr_from_skb`.
  private var linearLength: UInt16 {
    let isShort = bytes.count + 16 < 4096 || header.headersLength == 0
    return isShort ? UInt16(clamping: bytes.count) : max(14, header.headersLength)
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

/// A TCP frame that is cut into segments, one at a time.
///
/// Source: RFC 9293; RFC 6864 for the identifiers.
struct FrameCutter: Sendable {
  /// What a segment's checksum is to be.
  enum Checksum: Sendable {
    /// Filled in.
    case complete
    /// The sum over the pseudo header, for somebody else to fill in.
    case partial
  }

  /// Where the headers lie.
  let header: NetworkHeader
  /// The bytes of all headers.
  let headersLength: Int
  /// The bytes of the frame.
  let count: Int
  private let size: Int
  private let checksum: Checksum

  /// Prepares the cutting; `nil` if the frame is not TCP or its headers do not lie in it whole.
  init?(_ frame: UnsafeRawPointer, count: Int, size: UInt16, checksum: Checksum) {
    guard size > 0, let header = unsafe NetworkHeader(frame, count: count), header.transport == .tcp
    else { return nil }
    let words = unsafe frame.load(fromByteOffset: header.transportStart + 12, as: UInt8.self) &>> 4
    headersLength = header.transportStart + Int(words) * 4
    guard words >= 5, headersLength <= count, header.hasWholeNetworkHeader else { return nil }
    self.header = header
    self.count = count
    self.size = Int(size)
    self.checksum = checksum
  }

  /// The number of segments; at least 1.
  var segmentCount: Int { max(1, (count - headersLength + size - 1) / size) }

  /// The bytes of a segment, headers included.
  func length(of index: Int) -> Int { min(headersLength + size, count - index * size) }

  /// Writes a segment, which `target` must have room for.
  func write(_ index: Int, of frame: UnsafeRawPointer, to target: UnsafeMutableRawPointer) {
    let length = length(of: index)
    unsafe target.copyMemory(from: frame, byteCount: headersLength)
    unsafe (target + headersLength).copyMemory(
      from: frame + headersLength + index * size,
      byteCount: length - headersLength
    )
    unsafe writeNetworkHeader(target, length, index)
    unsafe writeTransportHeader(target, length, index)
  }
}

extension FrameCutter {
  private func writeNetworkHeader(
    _ segment: UnsafeMutableRawPointer,
    _ length: Int,
    _ index: Int
  ) {
    let packet = unsafe segment + NetworkProtocol.ethernetLength
    let packetLength = length - NetworkProtocol.ethernetLength
    guard header.network == .ip4 else {
      return unsafe packet.writeBig(UInt16(truncatingIfNeeded: packetLength - 40), at: 4)
    }
    unsafe packet.writeBig(UInt16(truncatingIfNeeded: packetLength), at: 2)
    let identifier = unsafe packet.big(at: 4, as: UInt16.self)
    unsafe packet.writeBig(identifier &+ UInt16(truncatingIfNeeded: index), at: 4)
    unsafe packet.writeBig(0 as UInt16, at: 10)
    var sum = InternetSum()
    unsafe sum.add(packet, count: header.transportStart - NetworkProtocol.ethernetLength)
    unsafe packet.writeBig(sum.checksum, at: 10)
  }

  private func writeTransportHeader(
    _ segment: UnsafeMutableRawPointer,
    _ length: Int,
    _ index: Int
  ) {
    let transport = unsafe segment + header.transportStart
    let sequence = unsafe transport.big(at: 4, as: UInt32.self)
    unsafe transport.writeBig(sequence &+ UInt32(truncatingIfNeeded: index * size), at: 4)
    var flags = unsafe transport.load(fromByteOffset: 13, as: UInt8.self)
    // FIN and PSH are for the end, the answer to congestion for the begin.
    if index + 1 < segmentCount { flags &= ~0x09 }
    if index > 0 { flags &= ~0x80 }
    unsafe transport.storeBytes(of: flags, toByteOffset: 13, as: UInt8.self)
    unsafe header.writePseudoSum(segment, count: length)
    guard checksum == .complete else { return }
    let place = ChecksumPlace(
      start: header.transportStart,
      offset: header.transport.checksumOffset
    )
    unsafe place.complete(segment, count: length)
  }
}

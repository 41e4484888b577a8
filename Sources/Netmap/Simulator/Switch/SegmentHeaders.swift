/// The headers at the begin of a frame that is to be segmented.
///
/// Source: netmap_offloadings.c, `bdg_mismatch_datapath`.
@safe struct SegmentHeaders {
  let bytes: UnsafeMutableRawPointer
  /// The length of the Ethernet header and its VLAN tags in bytes.
  let ethernet: Int
  /// The length of the IP header in bytes, options included.
  let network: Int
  /// The length of all of them in bytes.
  let count: Int
  let isIPv4: Bool
  let isUDP: Bool

  /// Reads them from the first bytes of a frame; `nil` if they are not whole, or of no such protocol.
  init?(_ bytes: UnsafeMutableRawPointer, _ available: Int, isUDP: Bool) {
    unsafe self.bytes = bytes
    self.isUDP = isUDP
    func word(_ offset: Int) -> UInt16 {
      unsafe UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }
    var ethernet = 14
    guard available >= ethernet else { return nil }
    while word(ethernet - 2) == 0x8100 {
      ethernet += 4
      guard available >= ethernet else { return nil }
    }
    self.ethernet = ethernet
    switch word(ethernet - 2) {
    case 0x0800:
      guard available >= ethernet + 20 else { return nil }
      isIPv4 = true
      network = 4 * Int(unsafe bytes.load(fromByteOffset: ethernet, as: UInt8.self) & 0x0f)
    case 0x86dd:
      isIPv4 = false
      network = 40
    default: return nil
    }
    let transport = ethernet + network
    guard available >= transport + (isUDP ? 0 : 20) else { return nil }
    if isUDP {
      count = transport + 8
    } else {
      let words = unsafe bytes.load(fromByteOffset: transport + 12, as: UInt8.self) &>> 4
      count = transport + 4 * Int(words)
    }
    guard available >= count else { return nil }
  }
}

extension SegmentHeaders {
  /// Corrects the headers of one segment of `length` bytes, and computes its checksums.
  ///
  /// - Parameters:
  ///   - segment: The segment's first byte; from there to the end of the transport header there has
  ///     to be memory, however short the segment.
  ///   - index: The number of segments before it.
  ///   - offset: The bytes of payload before it.
  ///
  /// Source: netmap_offloadings.c, `gso_fix_segment`.
  func correct(
    _ segment: UnsafeMutableRawPointer,
    length: Int,
    index: Int,
    offset: Int,
    isLast: Bool
  ) {
    let packet = unsafe segment + ethernet
    let length = length - ethernet
    if isIPv4 {
      unsafe packet.storeBig(UInt16(truncatingIfNeeded: length), at: 2)
      let identifier = unsafe packet.loadBig(at: 4, as: UInt16.self)
      unsafe packet.storeBig(identifier &+ UInt16(truncatingIfNeeded: index), at: 4)
      unsafe packet.storeBig(UInt16(0), at: 10)
      // Options are not summed up there either.
      let sum = unsafe InternetChecksum.sum(packet, 20)
      unsafe packet.storeChecksum(sum, at: 10)
    } else {
      unsafe packet.storeBig(UInt16(truncatingIfNeeded: length - network), at: 4)
    }
    let transport = unsafe packet + network
    let field = isUDP ? 6 : 16
    if isUDP {
      unsafe transport.storeBig(UInt16(truncatingIfNeeded: length - network), at: 4)
    } else {
      let sequence = unsafe transport.loadBig(at: 4, as: UInt32.self)
      unsafe transport.storeBig(sequence &+ UInt32(truncatingIfNeeded: offset), at: 4)
      // FIN and PSH are for the end.
      let flags = unsafe transport.loadBig(at: 13, as: UInt8.self)
      if !isLast { unsafe transport.storeBig(flags & ~0x09, at: 13) }
    }
    unsafe transport.storeBig(UInt16(0), at: field)
    let sum = unsafe InternetChecksum.sum(transport, length - network, pseudoSum(packet, length))
    unsafe transport.storeChecksum(sum, at: field)
  }

  /// The sum over the pseudo header: addresses, protocol, length.
  private func pseudoSum(_ packet: UnsafeRawPointer, _ length: Int) -> UInt32 {
    let place = isIPv4 ? (addresses: 12, size: 8, number: 9) : (addresses: 8, size: 32, number: 6)
    let number = unsafe packet.load(fromByteOffset: place.number, as: UInt8.self)
    let payload = UInt32(truncatingIfNeeded: length - network)
    // Both are summed up with the high byte first.
    let other = UInt32(number) &<< 8 &+ (payload & 0xff) &<< 8 &+ payload &>> 8
    return unsafe InternetChecksum.sum(packet + place.addresses, place.size, other)
  }
}

extension UnsafeMutableRawPointer {
  fileprivate func loadBig<Value: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int,
    as type: Value.Type
  ) -> Value {
    unsafe Value(bigEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }

  fileprivate func storeBig<Value: FixedWidthInteger & BitwiseCopyable>(
    _ value: Value,
    at offset: Int
  ) {
    unsafe storeBytes(of: value.bigEndian, toByteOffset: offset, as: Value.self)
  }

  fileprivate func storeChecksum(_ sum: UInt32, at offset: Int) {
    let checksum = InternetChecksum.folded(sum).littleEndian
    unsafe storeBytes(of: checksum, toByteOffset: offset, as: UInt16.self)
  }
}

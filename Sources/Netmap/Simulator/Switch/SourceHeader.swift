/// The vnet header of a frame that is on its way, read once.
///
/// Source: netmap_kern.h, `struct nm_vnet_hdr`.
@safe struct SourceHeader {
  /// The first eight and the last two of its ten bytes.
  let bytes: (UInt64, UInt16)

  init(_ source: UnsafeRawPointer) {
    bytes = (
      unsafe source.loadUnaligned(as: UInt64.self),
      unsafe source.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
    )
  }

  private var low: UInt64 { UInt64(littleEndian: bytes.0) }
  private var flags: UInt8 { UInt8(truncatingIfNeeded: low) }
  /// How the frame is to be segmented; 0 is not at all.
  var segmentation: UInt8 { UInt8(truncatingIfNeeded: low &>> 8) }
  /// Where the sum begins, in bytes from the frame's begin.
  var checksumStart: Int { Int(UInt16(truncatingIfNeeded: low &>> 48)) }
  /// Where it is put, in bytes from there.
  var checksumOffset: Int { Int(UInt16(littleEndian: bytes.1)) }
  /// Whether a checksum is missing.
  var needsChecksum: Bool { flags & 1 != 0 }
  /// Whether the segments are UDP datagrams, not of TCP.
  var isUDP: Bool { segmentation & 0x7f == 3 }

  /// Whether all of it is known: no other flags than "needs a checksum" and "data is valid", no other
  /// segmentation than TCPv4, UDP and TCPv6.
  ///
  /// Source: netmap_offloadings.c, `vnet_hdr_is_bad`.
  var isGood: Bool { [0, 1, 3, 4].contains(segmentation & 0x7f) && flags & ~3 == 0 }
}

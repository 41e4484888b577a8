internal import NetBackend

/// A frame whose checksum is missing, with the header that says where it belongs.
///
/// The checksum is that of the Internet protocols over a payload of the suite's own, so that nothing
/// else on a real link takes an interest in the frame.
struct ChecksumRequest {
  /// The offset in bytes, from the frame's first byte, of the first byte the checksum covers.
  let start: Int
  /// The offset in bytes, from ``start``, of the checksum itself.
  let offset: Int
  /// The frame without its checksum.
  let frame: FramePattern

  /// Describes a frame of `length` bytes, or as many as the checksum needs.
  init(start: Int, offset: Int, length: Int = 60) {
    self.start = start
    self.offset = offset
    frame = FramePattern(max(length, start + offset + 2), seed: 70)
  }

  /// Describes a frame that is given.
  init(start: Int, offset: Int, frame: FramePattern) {
    self.start = start
    self.offset = offset
    self.frame = frame
  }

  /// The header that asks for the checksum.
  var header: VirtioNetHeader {
    var header = VirtioNetHeader()
    header.flags = .needsChecksum
    header.checksumStart = UInt16(start)
    header.checksumOffset = UInt16(offset)
    return header
  }

  /// The frame with its checksum.
  var completed: FramePattern {
    var bytes = frame.contents()
    let sum = bytes[start...].enumerated().reduce(UInt32(0)) { sum, byte in
      let next =
        sum + (byte.offset.isMultiple(of: 2) ? UInt32(byte.element) << 8 : UInt32(byte.element))
      return next & 0xFFFF + next >> 16
    }
    let complement = ~UInt16(truncatingIfNeeded: sum)
    let checksum = complement == 0 ? 0xFFFF : complement
    bytes[start + offset] = UInt8(checksum >> 8)
    bytes[start + offset + 1] = UInt8(truncatingIfNeeded: checksum)
    return FramePattern(bytes: bytes)
  }

  /// What a backend may deliver to a guest that completes checksums itself: the frame with the
  /// request, or the completed frame, whose checksum may be called verified.
  func forms(header length: Int) -> [FramePattern] {
    var verified = VirtioNetHeader()
    verified.flags = .dataValid
    let counts: [UInt16] = length == 12 ? [0, 1] : [0]
    return counts.flatMap { count in
      [(frame, header), (completed, VirtioNetHeader()), (completed, verified)].map { form in
        var fields = form.1
        fields.bufferCount = count
        return form.0.behind(fields, length: length)
      }
    }
  }
}

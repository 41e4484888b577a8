internal import NetBackend

extension FrameInbox {
  /// What a vnet header says of a frame that is not cut.
  func header(of frame: GuestFrame) -> VirtioNetHeader {
    var header = VirtioNetHeader()
    guard form.length > 0 else { return header }
    header.bufferCount = 1
    let offload = frame.offload
    if let checksum = offload.checksum {
      header.flags = .needsChecksum
      header.checksumStart = UInt16(truncatingIfNeeded: checksum.start)
      header.checksumOffset = UInt16(truncatingIfNeeded: checksum.offset)
    } else if offload.isValidated {
      header.flags = .dataValid
    }
    if let segmentation = offload.segmentation {
      typealias Segmentation = VirtioNetHeader.Segmentation
      header.segmentation = segmentation.type == .tcp4 ? Segmentation.tcp4 : Segmentation.tcp6
      header.segmentSize = segmentation.size
      header.headersLength = UInt16(truncatingIfNeeded: headersLength(frame))
    }
    return header
  }

  /// The bytes of all headers of a frame that is to be cut; those up to the checksum if it is not TCP.
  private func headersLength(_ frame: GuestFrame) -> Int {
    let cutter = unsafe FrameCutter(
      address(frame.start),
      count: frame.length,
      size: 1,
      checksum: .partial
    )
    return cutter?.headersLength ?? (frame.offload.checksum?.start ?? 0)
  }
}

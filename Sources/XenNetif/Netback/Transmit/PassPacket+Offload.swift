extension PassPacket {
  /// What is to be done to the frame; `nil` if it cannot be.
  ///
  /// A frame to be cut has to have its checksum filled in afterwards, whether its sender said so or
  /// not; if not, the field does not hold what is needed for that, and is written anew.
  ///
  /// Source: Linux `xen-netback/interface.c`, `checksum_setup`.
  func offload(_ frame: UnsafeMutableRawPointer, _ policy: NetbackPolicy) -> FrameOffload? {
    let isBlank = flags.contains(.checksumBlank)
    guard isBlank || segmentation != nil else {
      return FrameOffload(isValidated: flags.contains(.dataValidated))
    }
    guard let header = unsafe NetworkHeader(frame, count: length),
      header.hasWholeNetworkHeader || !policy.checksHeaderLength
    else { return nil }
    if !isBlank { unsafe header.writePseudoSum(frame, count: length) }
    let place = ChecksumPlace(
      start: header.transportStart,
      offset: header.transport.checksumOffset
    )
    guard let segmentation else { return FrameOffload(checksum: place) }
    if policy.matchesSegmentation, !segmentation.fits(header) { return nil }
    return FrameOffload(
      checksum: place,
      segmentation: FrameSegmentation(size: segmentation.size, type: segmentation.type)
    )
  }
}

extension SegmentationExtra {
  /// Whether a packet with a header is of the kind.
  fileprivate func fits(_ header: NetworkHeader) -> Bool {
    header.transport == .tcp && type == (header.network == .ip4 ? .tcp4 : .tcp6)
  }
}

/// What is still to be done to a frame, and what is known of it.
struct FrameOffload: Equatable, Sendable {
  /// The checksum that is to be filled in.
  var checksum: ChecksumPlace?
  /// Whether the checksums are known to be right.
  var isValidated = false
  /// How the frame is to be cut; `nil` if it is not.
  var segmentation: FrameSegmentation?

  /// Nothing to be done, nothing known.
  static let none = FrameOffload()
}

/// How a frame is to be cut into segments.
struct FrameSegmentation: Equatable, Sendable {
  /// The most bytes of payload in a segment; at least 1.
  var size: UInt16
  /// The kind that whoever sent the frame gave.
  var type: SegmentationType
}

/// A frame that a frontend has sent and nobody has received yet.
struct GuestFrame: Sendable {
  /// Its first byte in the arena.
  var start: Int
  /// Its bytes.
  var length: Int
  /// What is still to be done to it.
  var offload: FrameOffload
}

/// What a caller gets in front of a frame, and which work it takes over.
struct HeaderForm: Equatable, Sendable {
  /// The bytes of the vnet header; 0 for none.
  var length = 0
  /// Whether frames may come whose checksum is to be filled in.
  var takesChecksum = false
  /// Whether TCP over IPv4 may come uncut.
  var takesSegmentation4 = false
  /// Whether TCP over IPv6 may come uncut.
  var takesSegmentation6 = false

  /// Whether frames of a kind may come uncut.
  func takes(_ segmentation: FrameSegmentation) -> Bool {
    guard length > 0, takesChecksum else { return false }
    return segmentation.type == .tcp4 ? takesSegmentation4 : takesSegmentation6
  }
}

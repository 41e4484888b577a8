/// A packet of a pass over the transmit ring.
struct PassPacket {
  /// Its slots with data, among those of the pass that are answered after the copies.
  var slots: Range<Int>
  /// Where its bytes are gathered.
  var start: Int
  /// Its bytes.
  var length: Int
  /// The number of its extras, which are answered behind its first slot.
  var extraCount: Int
  /// The flags of its first request.
  var flags: TransmitFlags
  /// How it is to be cut.
  var segmentation: SegmentationExtra?
}

/// A slot with data of a pass over the transmit ring.
struct PassSlot {
  /// How its bytes are reached.
  enum Reach {
    /// All of them are copied with the head of the packet.
    case copied
    /// The first are copied with the head, the others mapped.
    case shared
    /// All of them are mapped.
    case mapped
  }

  /// What it is answered with.
  var id: UInt16
  var reach: Reach
  /// Whether it is the first of its packet.
  var isHead: Bool
  /// Whether its bytes could not be had.
  var hasFailed = false
}

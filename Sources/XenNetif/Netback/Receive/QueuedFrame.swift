/// A frame that waits for the frontend's requests.
struct QueuedFrame: Sendable {
  /// Its first byte in the arena.
  var start: Int
  /// Its bytes.
  var length: Int
  /// What the first response says of the checksum.
  var flags: ReceiveFlags = []
  /// How the frontend is to cut it.
  var segmentation: FrameSegmentation?
  /// Its hash, if the frontend is to be told.
  var hash: HashSteering.FrameHash?
  /// When it is given up, in nanoseconds of the loop's clock.
  var deadline: UInt64 = .max

  /// The extras that go with it.
  ///
  /// The order is that of the types' numbers.
  func extras(headroom: UInt16) -> [ExtraInfo] {
    var extras: [ExtraInfo] = []
    if let segmentation {
      extras.append(SegmentationExtra(size: segmentation.size, type: segmentation.type).extra())
    }
    if let hash { extras.append(HashExtra(type: hash.type, value: hash.value).extra()) }
    if headroom > 0 { extras.append(HeadroomExtra(headroom: headroom).extra()) }
    for index in extras.indices.dropLast() { extras[index].flags |= ExtraInfo.moreFlag }
    return extras
  }

  /// The number of extras.
  func extraCount(headroom: UInt16) -> Int {
    (segmentation == nil ? 0 : 1) + (hash == nil ? 0 : 1) + (headroom > 0 ? 1 : 0)
  }
}

/// How frames are laid into pages behind a headroom.
struct PageLayout: Equatable, Sendable {
  /// The bytes in front of the data in each page.
  let headroom: UInt16

  /// The bytes of data in a page; a headroom that takes all of it is found out when it is copied.
  var room: Int {
    let left = GrantReference.pageSize - Int(headroom)
    return left > 0 ? left : GrantReference.pageSize
  }

  /// Whether data behind the headroom lies in the page.
  var fits: Bool { Int(headroom) < GrantReference.pageSize }

  /// The number of requests that a frame needs.
  func slots(_ frame: QueuedFrame) -> Int {
    max(1, (frame.length + room - 1) / room) + frame.extraCount(headroom: headroom)
  }
}

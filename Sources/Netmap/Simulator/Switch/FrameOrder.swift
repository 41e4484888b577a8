/// Two queues of frames, taken in the order in which the frames were sent.
struct FrameOrder {
  private var own: UInt16
  private var everybody: UInt16
  /// The frames that were taken and lost.
  var lost: UInt64 = 0

  init(_ own: UInt16, _ everybody: UInt16) {
    self.own = own
    self.everybody = everybody
  }

  /// Takes the next frame: the entry it begins with.
  @inline(__always)
  mutating func next(in table: ForwardingTable) -> Int? {
    let index = min(own, everybody)
    guard index != ForwardingTable.none else { return nil }
    let next = unsafe table.entries[Int(index)].next
    // No frame is in both queues.
    if index == own { own = next } else { everybody = next }
    return Int(index)
  }

  /// The number of frames that were not taken.
  func count(in table: ForwardingTable) -> UInt64 {
    var rest = self
    var count: UInt64 = 0
    while rest.next(in: table) != nil { count &+= 1 }
    return count
  }
}

/// Where the elements of a list lie in guarded memory.
///
/// Up to eight elements lie each at the end of a lane of its own, against a page that nobody may
/// touch. More elements, and larger ones, share the last lane, with canaries between them.
struct BufferLayout {
  /// The bytes between elements that share a lane, and in front of each element.
  static let canary = 32
  private static let laneCount = 8
  private static let laneSize = 18 * GuardedMemory.pageSize
  private static let sharedSize = 512 * GuardedMemory.pageSize

  /// The size of the memory that a layout needs.
  static let memorySize = laneCount * (laneSize + GuardedMemory.pageSize) + sharedSize

  /// The offsets of the pages between lanes.
  static let forbiddenPages = (1...laneCount).map {
    $0 * (laneSize + GuardedMemory.pageSize) - GuardedMemory.pageSize
  }

  /// The offset of each element.
  private(set) var offsets: [Int] = []
  /// The bytes of memory behind each element: its length, or fewer if it only claims to be long.
  private(set) var backed: [Int] = []

  /// Places elements of these lengths; `nil` if they do not fit.
  init?(_ lengths: [UInt]) {
    let fits = lengths.allSatisfy { $0 <= UInt(Self.laneSize - Self.canary) }
    if lengths.count <= Self.laneCount && (fits || lengths.contains { $0 > UInt(Self.sharedSize) })
    {
      placeInLanes(lengths)
    } else {
      guard placeTogether(lengths) else { return nil }
    }
  }

  private mutating func placeInLanes(_ lengths: [UInt]) {
    for (lane, length) in lengths.enumerated() {
      let bytes = Int(min(length, UInt(Self.laneSize - Self.canary)))
      backed.append(bytes)
      offsets.append(lane * (Self.laneSize + GuardedMemory.pageSize) + Self.laneSize - bytes)
    }
  }

  private mutating func placeTogether(_ lengths: [UInt]) -> Bool {
    let most = UInt(Self.sharedSize)
    let sum = lengths.reduce(UInt(0)) { min($0 + min($1, most) + UInt(Self.canary), 2 * most) }
    guard sum <= most else { return false }
    var next = Self.memorySize - Int(sum)
    for length in lengths {
      next += Self.canary
      offsets.append(next)
      backed.append(Int(length))
      next += Int(length)
    }
    return true
  }
}

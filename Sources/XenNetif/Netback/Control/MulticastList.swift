/// The groups whose frames a frontend wants.
struct MulticastList: Sendable {
  /// Whether the frontend asked that frames to other groups are kept from it.
  var isFiltering = false
  private var groups: [ExtraPayload] = []
  private let limit: Int
  private let keepsDuplicates: Bool

  /// A list of at most `limit` groups.
  init(limit: Int, keepsDuplicates: Bool) {
    self.limit = limit
    self.keepsDuplicates = keepsDuplicates
  }

  /// Adds a group, and says whether there was room for it.
  mutating func add(_ group: ExtraPayload) -> Bool {
    if !keepsDuplicates, groups.contains(group) { return true }
    guard groups.count < limit else { return false }
    groups.append(group)
    return true
  }

  /// Takes one entry of a group away, if there is one.
  mutating func remove(_ group: ExtraPayload) {
    if let index = groups.firstIndex(of: group) { groups.remove(at: index) }
  }

  /// Takes all groups away.
  mutating func removeAll() { groups.removeAll() }

  /// Whether a frame to an address is to be passed on.
  ///
  /// Frames to one station and to all of them always are.
  func passes(to address: ExtraPayload) -> Bool {
    let isGroup = address.word & 1 != 0 && address.word != 0xFFFF_FFFF_FFFF
    return !isFiltering || !isGroup || groups.contains(address)
  }
}

/// A point that Xen's protocol leaves open, at which netbacks differ.
///
/// A step that depends on it has an outcome for each alternative, labelled with its word. In one case
/// a netback decides each point alike; a profile may say how.
public enum XenChoice: String, CaseIterable, Sendable {
  /// What follows from a chain whose end has not been published: `wait`, `error` or `fatal`.
  case shortChain = "short chains"
  /// What follows from bytes beyond a page and from extras that cannot be: `error` or `fatal`.
  case violation = "violations"
  /// The most slots with data in a packet: `18` or `19`.
  case dataSlotLimit = "data slots"
  /// What follows from many more slots than that: `error` or `fatal`.
  case excess = "too many slots"
  /// The fewest bytes in a packet's first piece: `14` or `1`.
  case firstPiece = "first piece"
  /// What follows from two extras of one type: `refused` or `last`.
  case repeatedExtra = "repeated extras"
  /// Whether the extra that tells of headroom may be transmitted: `known` or `unknown`.
  case headroomExtra = "headroom extras"
  /// Whether the extra that tells a hash may be transmitted: `known` or `unknown`.
  case hashExtra = "hash extras"
  /// The status of a packet's slots that could be copied when another could not: `okay` or `error`.
  case siblingStatus = "siblings of failed slots"
  /// The order of responses: `inOrder` or `copiedFirst`.
  case responseOrder = "responses"
  /// Whether segmentation has to fit the packet: `checked` or `unchecked`.
  case segmentation = "segmentation"
  /// Whether an IPv4 header may say that it is shorter than it can be: `refused` or `believed`.
  case shortHeader = "short headers"
  /// How numbers in the store are read: `exact` or `scanned`.
  case numberForm = "numbers"
  /// How the address in the store is read: `exact` or `scanned`.
  case addressForm = "addresses"
  /// Whether a frontend has to ask for copies: `required` or `assumed`.
  case receiveCopy = "copies"
  /// What a connection that failed is told as: `closed` or `connected`.
  case failedConnection = "failed connections"
  /// Whether a producer of requests to receive that is too far ahead is fatal: `fatal` or `ignored`.
  case receiveProducer = "receive producers"
  /// Where headroom is counted: `offset`, `status`, or `none` if there is none.
  case headroomForm = "headroom"
  /// Whether a group that is asked for twice takes two places: `once` or `twice`.
  case repeatedGroup = "repeated groups"
  /// What a key is answered that is too long: `overflow` or `invalid`, or nothing if nobody may send
  /// one: `unanswered`.
  case longKey = "long keys"
  /// Whether there is more than one queue: `several` or `one`.
  case queues = "queues"
  /// Whether each ring of a queue may have a channel of its own: `offered` or `missing`.
  case splitChannels = "split channels"
  /// Whether there is a control ring: `offered` or `missing`.
  case controlRing = "control ring"
  /// Whether there are lists of groups: `offered` or `missing`.
  case multicastControl = "multicast control"
  /// Whether there is headroom: `offered` or `missing`.
  case headroom = "headroom offer"
}

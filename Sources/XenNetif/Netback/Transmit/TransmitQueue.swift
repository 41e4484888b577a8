internal import RingMemory

/// The transmit ring of one queue: chains in, frames out, a response for each slot.
///
/// Touched only while the interface's gate lets its owner through.
///
/// Source: Linux `xen-netback/netback.c`.
///
/// Sendable is unchecked: the gate lets one thread at a time in, and hands over what the last one wrote.
final class TransmitQueue<Port: XenPort>: @unchecked Sendable {
  /// The channel that requests are told on, and responses.
  let channel: EventChannel
  /// The memory of the ring.
  let memory: SharedMemory
  /// The requests' and responses' ring.
  var ring: BackRing
  /// How much may be sent.
  var limit: RateLimit
  /// Whether it stopped because nobody received what it had.
  var isBlocked = false

  let policy: NetbackPolicy
  let parser: TransmitChainParser
  let copier: GrantCopyBatch<Port>
  let groups: MulticastGroups
  /// The packets of a pass, and their slots.
  var packets: [PassPacket] = []
  var slots: [PassSlot] = []

  /// Attaches to the ring in a page that was mapped.
  init(
    _ memory: SharedMemory,
    _ channel: EventChannel,
    copier: GrantCopyBatch<Port>,
    groups: MulticastGroups,
    policy: NetbackPolicy,
    limit: RateLimit
  ) throws(RingOverflow) {
    self.memory = memory
    self.channel = channel
    self.copier = copier
    self.groups = groups
    self.policy = policy
    self.limit = limit
    parser = TransmitChainParser(policy.chain)
    ring = try BackRing(attachingTo: SharedRing(memory, .transmit))
  }
}

/// What came of looking at a transmit ring.
struct TransmitOutcome: Equatable {
  /// Whether there was anything to do.
  var worked = false
  /// Whether the frontend waits for a response.
  var notifies = false
  /// Whether the frontend broke the protocol in a way that ends the connection.
  var isFatal = false
  /// Whether there is more to do at once.
  var hasMore = false
  /// When the frontend may send again; `nil` if it may.
  var waitsUntil: UInt64?
  /// The frames that were lost because what was to be done to them could not be.
  var lost: UInt64 = 0
}

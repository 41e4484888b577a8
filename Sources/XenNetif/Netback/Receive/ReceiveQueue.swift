internal import DequeModule
internal import RingMemory
internal import Synchronization
internal import SystemPackage

/// The receive ring of one queue, and the frames that wait for its requests.
///
/// Touched only while the interface's gate lets its owner through.
///
/// Source: Linux `xen-netback/rx.c`.
///
/// Sendable is unchecked: the gate lets one thread at a time in, and hands over what the last one wrote.
final class ReceiveQueue<Port: XenPort>: @unchecked Sendable {
  /// The channel that responses are told on, and requests.
  let channel: EventChannel
  /// The memory of the ring.
  let memory: SharedMemory
  /// The requests' and responses' ring.
  var ring: BackRing
  /// What waits, oldest first.
  var frames = Deque<QueuedFrame>()
  /// Where what waits lies.
  var arena: FrameArena
  /// The bytes of what waits.
  private(set) var queuedBytes = 0
  /// Where data lies in the frontend's pages.
  var layout = PageLayout(headroom: 0)
  /// When a frame was last put into the ring, or when there were last enough requests.
  var lastProgress: UInt64
  /// Whether the frontend has posted too few requests for so long that it is taken for dead.
  var isStalled = false

  let copier: GrantCopyBatch<Port>
  let policy: NetbackPolicy
  /// The responses of a batch, before their bytes are copied.
  var slots: [ReceiveSlot] = []

  /// Attaches to the ring in a page that was mapped.
  init(
    _ memory: SharedMemory,
    _ channel: EventChannel,
    copier: GrantCopyBatch<Port>,
    policy: NetbackPolicy,
    now: UInt64
  ) throws {
    self.memory = memory
    self.channel = channel
    self.copier = copier
    self.policy = policy
    lastProgress = now
    ring = try BackRing(attachingTo: SharedRing(memory, .receive))
    arena = try FrameArena(count: Self.arenaSize(policy))
  }

  /// Room for all that may wait, each frame in pages of its own at worst, and for one more.
  private static func arenaSize(_ policy: NetbackPolicy) -> Int {
    policy.receiveQueueBytes * 6 + (1 << 18)
  }

  /// Whether so much waits that nothing more is taken.
  var isFull: Bool { queuedBytes >= policy.receiveQueueBytes }

  /// Finds room for a frame, which is to be filled and appended next; `nil` if there is none.
  func reserve(_ length: Int) -> Int? { arena.reserve(length) }

  /// Begins with room for new frames, of which none has been reserved yet.
  func begin() { if frames.isEmpty { arena.reset() } }

  /// Gives back the room that was found last.
  func unreserve(_ start: Int) { arena.unreserve(start) }

  /// Lets a frame wait.
  func append(_ frame: QueuedFrame) {
    frames.append(frame)
    queuedBytes += frame.length
  }

  /// Gives up the frames whose time is over, and says how many there were.
  func dropExpired(now: UInt64) -> Int {
    var count = 0
    while let frame = frames.first, frame.deadline < now {
      removeFirst()
      count += 1
    }
    return count
  }

  /// Takes the oldest frame away.
  func removeFirst() {
    let frame = frames.removeFirst()
    queuedBytes -= frame.length
    arena.release(through: frame.start + frame.length)
  }

  /// Judges whether the frontend is dead, or alive again.
  ///
  /// It is dead if it has not posted enough requests for what waits for longer than `limit`
  /// nanoseconds, and alive as soon as it has; while nothing waits, none are enough.
  func judgeStall(now: UInt64, limit: UInt64) {
    let needed = frames.first.map { UInt32(layout.slots($0)) } ?? 0
    let isStarved = ring.claimed < needed
    if isStalled {
      guard !isStarved else { return }
      isStalled = false
      lastProgress = now
    } else if isStarved, now > lastProgress, now - lastProgress > limit {
      isStalled = true
    }
  }
}

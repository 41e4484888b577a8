/// What a backend makes of chains where the protocol leaves it open.
///
/// Source: the protocol says only what a well-formed chain is; the presets are what backends do.
public struct ChainPolicy: Hashable, Sendable {
  /// What follows from a chain that is refused.
  public enum Consequence: String, Hashable, Sendable {
    /// Nothing is consumed: the rest of the chain may still be published.
    case wait
    /// Each slot is consumed and answered with an error, and the next chain is looked at.
    case error
    /// Nothing is answered, and the ring is not looked at again.
    case fatal
  }

  /// The most slots with data that a packet may have; extra slots do not count.
  public var dataSlotLimit: Int
  /// The number of slots with data from which a chain is fatal; `nil` if none is.
  public var fatalDataSlotCount: Int?
  /// The fewest bytes in a packet's first fragment.
  public var leastFirstFragment: UInt16
  /// What follows if the last slot that is published says that another one belongs to its packet.
  public var shortChain: Consequence
  /// What follows from bytes beyond a page and from extras that cannot be; ``Consequence/error`` if
  /// it is not ``Consequence/fatal``.
  public var violation: Consequence
  /// The highest type of an extra that is known; lower ones are, too, but for ``ExtraType/none``.
  public var lastKnownExtra: ExtraType
  /// Whether a packet with two extras of one type is refused; otherwise the last one counts.
  public var refusesRepeatedExtras: Bool

  /// A policy.
  public init(
    dataSlotLimit: Int,
    fatalDataSlotCount: Int?,
    leastFirstFragment: UInt16,
    shortChain: Consequence,
    violation: Consequence,
    lastKnownExtra: ExtraType,
    refusesRepeatedExtras: Bool
  ) {
    self.dataSlotLimit = dataSlotLimit
    self.fatalDataSlotCount = fatalDataSlotCount
    self.leastFirstFragment = leastFirstFragment
    self.shortChain = shortChain
    self.violation = violation
    self.lastKnownExtra = lastKnownExtra
    self.refusesRepeatedExtras = refusesRepeatedExtras
  }
}

extension ChainPolicy {
  /// What Linux does.
  ///
  /// Source: Linux 6.1.192 `drivers/net/xen-netback/netback.c`, measured.
  public static let linux = ChainPolicy(
    dataSlotLimit: 19,
    fatalDataSlotCount: 22,
    leastFirstFragment: 14,
    shortChain: .fatal,
    violation: .fatal,
    lastKnownExtra: .headroom,
    refusesRepeatedExtras: false
  )

  /// What FreeBSD does: it answers with errors, and waits for the rest of a short chain.
  ///
  /// Source: FreeBSD `sys/dev/xen/netback/netback.c`.
  public static let freeBSD = ChainPolicy(
    dataSlotLimit: 18,
    fatalDataSlotCount: nil,
    leastFirstFragment: 1,
    shortChain: .wait,
    violation: .error,
    lastKnownExtra: .segmentation,
    refusesRepeatedExtras: false
  )

  /// No more than the header promises, and an error for everything else.
  ///
  /// Source: Xen `io/netif.h`.
  public static let strict = ChainPolicy(
    dataSlotLimit: 18,
    fatalDataSlotCount: nil,
    leastFirstFragment: 14,
    shortChain: .error,
    violation: .error,
    lastKnownExtra: .hash,
    refusesRepeatedExtras: true
  )

  /// Whether an extra of that type may be in a ring.
  @inline(__always)
  func knows(_ type: ExtraType) -> Bool {
    // Without the lowest, which is never valid: it becomes the largest number.
    type.rawValue &- 1 < lastKnownExtra.rawValue
  }
}

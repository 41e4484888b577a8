/// A packet that the frontend sends, as its chain of slots describes it.
///
/// Its slots are those of the ring from its first one on: the first request, the extras, the other
/// requests. The parser that found it has the requests until it looks for the next one.
public struct TransmitChain: Hashable, Sendable {
  /// The first request; its size is that of the whole packet.
  public let head: TransmitRequest
  // Short, because a chain is returned by a copy; and these two side by side, where one store has both,
  // because the next chain cannot be looked for before they are read.
  @usableFromInline let shortSlotCount: UInt16
  @usableFromInline let shortExtraCount: UInt16
  /// The number of bytes in the first fragment: what the others leave of the packet.
  public let firstLength: UInt16
  let extras: LastExtras

  /// The number of slots.
  @inlinable public var slotCount: Int { Int(shortSlotCount) }

  /// The number of extra slots.
  @inlinable public var extraCount: Int { Int(shortExtraCount) }

  /// The number of requests, each with a fragment, which may be empty except for the first.
  @inlinable public var dataSlotCount: Int { Int(shortSlotCount &- shortExtraCount) }

  /// The number of bytes in the packet.
  public var length: Int { Int(head.size) }

  /// How the packet is to be segmented, if it is.
  public var segmentation: SegmentationExtra? {
    extras.payload(of: .segmentation).map { SegmentationExtra($0) }
  }

  /// The packet's hash, if it came with one.
  public var hash: HashExtra? { extras.payload(of: .hash).map { HashExtra($0) } }

  /// The headroom, if the packet came with one; it means nothing for packets from a frontend.
  public var headroom: HeadroomExtra? { extras.payload(of: .headroom).map { HeadroomExtra($0) } }

  /// The change to the list of groups that this chain is instead of a packet, if it is.
  ///
  /// Then nothing is sent and no grant is looked at. An addition goes before a deletion.
  public var multicast: MulticastChange? {
    if let payload = extras.payload(of: .multicastAdd) { return .add(MulticastExtra(payload)) }
    return extras.payload(of: .multicastDelete).map { .delete(MulticastExtra($0)) }
  }
}

/// A change to the list of groups whose packets the frontend wants.
public enum MulticastChange: Hashable, Sendable {
  /// Packets to the group are to be passed on.
  case add(MulticastExtra)
  /// Packets to the group are not to be passed on any more.
  case delete(MulticastExtra)

  /// The group.
  public var group: MulticastExtra {
    switch self {
    case .add(let group), .delete(let group): group
    }
  }
}

/// A piece of a packet: where its bytes are, and how many.
public struct TransmitFragment: Hashable, Sendable {
  /// The page that the bytes lie in.
  public var grant: GrantReference
  /// The first byte within the page.
  public var offset: UInt16
  /// The number of bytes in this piece alone; offset and length are within the page.
  public var length: UInt16

  /// A piece.
  @inlinable
  public init(grant: GrantReference, offset: UInt16, length: UInt16) {
    self.grant = grant
    self.offset = offset
    self.length = length
  }
}

/// How a frontend lays out a frame to be sent.
public struct TransmitPlan: Equatable, Sendable {
  /// The flags of the first request; those about following slots are added.
  public var flags: TransmitFlags
  /// The extra slots behind the first request; their flag about following ones is set as needed.
  public var extras: [ExtraInfo]
  /// The lengths in bytes of the pieces, in order; the last one takes what is left.
  public var lengths: [Int]
  /// Where in its page each piece begins; 0 for those beyond the list.
  public var offsets: [Int]

  /// A layout; without lengths each piece is as long as its page allows.
  public init(
    flags: TransmitFlags = [],
    extras: [ExtraInfo] = [],
    lengths: [Int] = [],
    offsets: [Int] = []
  ) {
    self.flags = flags
    self.extras = extras
    self.lengths = lengths
    self.offsets = offsets
  }

  /// The longest frame, and the most pieces that every backend takes.
  ///
  /// Source: Xen `io/netif.h`, `XEN_NETIF_MAX_TX_SIZE` and `XEN_NETIF_NR_SLOTS_MIN`.
  public static let (longestFrame, mostPieces) = (65535, 18)

  /// Where the pieces of a frame lie.
  ///
  /// - Throws: ``FrontendError/illegalPlan(_:)`` if that is no legal packet.
  func pieces(of count: Int) throws(FrontendError) -> [TransmitPiece] {
    guard (1...Self.longestFrame).contains(count) else {
      throw .illegalPlan("a frame of \(count) bytes")
    }
    var (pieces, start): ([TransmitPiece], Int) = ([], 0)
    while start < count {
      let offset = offsets.dropFirst(pieces.count).first ?? 0
      let room = GuestPage.count - offset
      let length = lengths.dropFirst(pieces.count).first ?? min(room, count - start)
      guard offset >= 0, length > 0, length <= room, start + length <= count else {
        throw .illegalPlan("\(length) bytes at \(offset), \(start) of \(count) before them")
      }
      pieces.append(TransmitPiece(offset: offset, range: start..<start + length))
      start += length
    }
    guard pieces.count <= Self.mostPieces else { throw .illegalPlan("\(pieces.count) pieces") }
    return pieces
  }
}

/// A part of a frame in a page of its own.
struct TransmitPiece: Equatable {
  /// Its first byte in the page.
  var offset: Int
  /// Its bytes in the frame.
  var range: Range<Int>
}

/// A frame that a frontend has received, put together from its slots.
public struct ReceivedFrame: Equatable, Sendable {
  /// The bytes, without the room in front of them that was asked for.
  public internal(set) var bytes: [UInt8] = []
  /// The responses that carried data, in order.
  public internal(set) var responses: [ReceiveResponse] = []
  /// The extra slots, in order.
  public internal(set) var extras: [ExtraInfo] = []

  init() {}

  /// What the first response says of the packet.
  public var flags: ReceiveFlags { responses.first?.flags ?? [] }

  /// The first negative status, if the packet is not whole.
  public var failure: Int16? { responses.map(\.status).first { $0 < 0 } }

  /// How the packet is to be cut into segments, if it is.
  public var segmentation: SegmentationExtra? {
    extras.last { $0.type == .segmentation }.map { SegmentationExtra($0.payload) }
  }

  /// The hash of the packet, if it has one.
  public var hash: HashExtra? {
    extras.last { $0.type == .hash }.map { HashExtra($0.payload) }
  }

  /// The bytes in front of the data in each slot.
  public var headroom: Int {
    extras.last { $0.type == .headroom }.map { Int(HeadroomExtra($0.payload).headroom) } ?? 0
  }
}

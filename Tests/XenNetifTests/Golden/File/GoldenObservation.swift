/// What could be seen after a step.
struct GoldenObservation: Decodable, Sendable {
  let tx: [TransmitRing]?
  let rx: [ReceiveRing]?
  let frames: [Frame]
  /// The number of frames, if only the first of them are listed.
  let frameCount: Int?
  let carrier: Int
  let vifStat: Statistics

  /// A ring to send.
  struct TransmitRing: Decodable, Sendable {
    let reqEvent: UInt32
    let rspProd: UInt32
    let rspEvent: UInt32
    let portNotified: Bool
    let rsp: [Response]
    /// Whether only some of the responses are listed.
    let rspTruncated: Bool?
    let runs: [Run]?
    let untouchedOk: Bool
  }

  /// An answered slot of a ring to send.
  struct Response: Decodable, Sendable {
    let slot: Int
    let id: UInt16?
    let status: Int16
    let raw: String
  }

  /// Slots that were answered alike.
  struct Run: Decodable, Sendable {
    let from: Int
    let count: Int
    let status: Int16
  }

  /// A ring to receive.
  struct ReceiveRing: Decodable, Sendable {
    let reqEvent: UInt32
    let rspProd: UInt32
    let rspEvent: UInt32
    let rsp: [Received]
    let untouchedOk: Bool
  }

  /// An answered slot of a ring to receive.
  struct Received: Decodable, Sendable {
    let slot: Int
    let raw: String
    /// The bytes of the page that changed, if any did.
    let written: [Int]?
    /// The checksum of what was received, if the slot has data.
    let fnv: String?
  }

  /// A frame that came out of the interface.
  struct Frame: Decodable, Sendable {
    let len: Int
    let fnv1a32: String
    let head: String
    let csum: Checksum?
    let gso: Segmentation?
  }

  /// What is known of a frame's checksum.
  enum Checksum: Decodable, Equatable, Sendable {
    case validated
    case partial(start: Int, offset: Int)

    init(from decoder: any Decoder) throws {
      struct Place: Decodable {
        let start: Int
        let offset: Int
      }
      guard let place = try? Place(from: decoder) else {
        self = .validated
        return
      }
      self = .partial(start: place.start, offset: place.offset)
    }
  }

  /// How a frame is to be cut.
  struct Segmentation: Decodable, Equatable, Sendable {
    let type: Int
    let size: Int
  }

  /// The counters of the interface.
  struct Statistics: Decodable, Sendable {
    let rxDropped: Int
    let txDropped: Int
  }
}

/// A run of one or more Ethernet frames that can be told apart, as a script describes them.
///
/// Unless ``bytes`` says otherwise a frame has a destination and a source address that belong to
/// nobody, the experimental EtherType 0x88B5 and a payload that differs with its seed and at every
/// position, so that a shifted, cut or swapped frame is noticed.
public struct FramePattern: Equatable, Sendable {
  /// The EtherType of every frame of the suite: "local experimental 1" of IEEE 802.
  public static let etherType: UInt16 = 0x88B5

  /// The bytes of the Ethernet header in front of the payload.
  static let ethernetHeader: [UInt8] = [
    0x02, 0x00, 0x00, 0x00, 0x00, 0x02, 0x02, 0x00, 0x00, 0x00, 0x00, 0x01, 0x88, 0xB5,
  ]

  /// The length of the frame in bytes, without ``header``.
  public var length: Int
  /// What the payload is generated from; the frames of a run count it up.
  public var seed: Int
  /// The number of frames in the run.
  public var count: Int
  /// The bytes in front of the frame: a vnet header, or nothing.
  public var header: [UInt8]
  /// The frame itself, if it is not generated.
  public var bytes: [UInt8]?

  /// Describes `count` generated frames of `length` bytes.
  public init(_ length: Int, seed: Int = 1, count: Int = 1, header: [UInt8] = []) {
    self.length = length
    self.seed = seed
    self.count = count
    self.header = header
  }

  /// Describes a frame by its bytes.
  public init(bytes: [UInt8], header: [UInt8] = []) {
    self.init(bytes.count, header: header)
    self.bytes = bytes
  }

  /// The length in bytes, header included.
  public var totalLength: Int { header.count + length }

  /// The bytes of one frame of the run, header included.
  ///
  /// - Parameter index: Which frame, counted from 0; in a repetition the round is added.
  public func contents(_ index: Int = 0) -> [UInt8] {
    if let bytes { return header + bytes }
    return unsafe [UInt8](unsafeUninitializedCapacity: totalLength) { target, count in
      unsafe write(index, to: UnsafeMutableRawBufferPointer(target))
      count = totalLength
    }
  }

  /// The frames of the run, each on its own.
  public func singles(round: Int = 0) -> [FramePattern] {
    (0..<count).map { index in
      var single = self
      single.seed += index + round
      single.count = 1
      return single
    }
  }
}

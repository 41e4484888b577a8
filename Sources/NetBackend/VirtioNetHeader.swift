/// The header in front of a frame, `struct virtio_net_hdr`, in its forms of 10 and 12 bytes.
///
/// | offset | width | field |
/// |---|---|---|
/// | 0 | 1 | flags |
/// | 1 | 1 | segmentation type |
/// | 2 | 2 | length of the headers to copy in front of each segment |
/// | 4 | 2 | segment size |
/// | 6 | 2 | where the checksum starts |
/// | 8 | 2 | where the checksum is stored, counted from its start |
/// | 10 | 2 | number of buffers; only in the form of 12 bytes |
///
/// All fields are little-endian. Source: virtio 1.2, section 5.1.6.
public struct VirtioNetHeader: Equatable, Sendable {
  /// The lengths in bytes that a backend may use; 0 means no header.
  public static let lengths = [0, 10, 12]

  /// The bits of ``flags``.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The bits as they stand in the header.
    public let rawValue: UInt8
    /// Creates a set of flags from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The checksum is to be completed.
    public static let needsChecksum = Flags(rawValue: 1)
    /// The checksum has been verified.
    public static let dataValid = Flags(rawValue: 2)
    /// The header carries receive-coalescing counts.
    public static let receiveCoalesced = Flags(rawValue: 4)
  }

  /// The segmentation types, the values of ``segmentation``.
  public enum Segmentation {
    /// The frame is one segment.
    public static let none: UInt8 = 0
    /// TCP over IPv4.
    public static let tcp4: UInt8 = 1
    /// UDP fragments.
    public static let udp: UInt8 = 3
    /// TCP over IPv6.
    public static let tcp6: UInt8 = 4
    /// UDP segments.
    public static let udpSegments: UInt8 = 5
    /// A bit added to another type: explicit congestion notification is in use.
    public static let congestionNotification: UInt8 = 0x80
  }

  /// What is to be done, or was done, with the checksum.
  public var flags: Flags = []
  /// How the frame is to be segmented, one of ``Segmentation``.
  public var segmentation: UInt8 = Segmentation.none
  /// The length in bytes of the protocol headers.
  public var headersLength: UInt16 = 0
  /// The payload bytes in each segment.
  public var segmentSize: UInt16 = 0
  /// The offset in bytes, from the frame's first byte, of the first byte the checksum covers.
  public var checksumStart: UInt16 = 0
  /// The offset in bytes, from ``checksumStart``, of the checksum itself.
  public var checksumOffset: UInt16 = 0
  /// The number of receive buffers the frame lies in; absent from the form of 10 bytes.
  public var bufferCount: UInt16 = 0

  /// Creates a header of zeros.
  public init() {}

  /// The first `length` bytes of the header, zero beyond byte 12.
  public func encoded(length: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(length, 12))
    bytes.append(flags.rawValue)
    bytes.append(segmentation)
    for word in [headersLength, segmentSize, checksumStart, checksumOffset, bufferCount] {
      bytes.append(UInt8(truncatingIfNeeded: word))
      bytes.append(UInt8(word >> 8))
    }
    while bytes.count < length { bytes.append(0) }
    bytes.removeLast(bytes.count - length)
    return bytes
  }

  /// Reads a header of 10 bytes, or of 12 if there are that many; `nil` if there are fewer than 10.
  @inlinable
  public init?(decoding bytes: some Collection<UInt8>) {
    guard bytes.count >= 10 else { return nil }
    func byte(_ offset: Int) -> UInt8 { bytes[bytes.index(bytes.startIndex, offsetBy: offset)] }
    func word(_ offset: Int) -> UInt16 { UInt16(byte(offset)) | UInt16(byte(offset + 1)) << 8 }
    flags = Flags(rawValue: byte(0))
    segmentation = byte(1)
    headersLength = word(2)
    segmentSize = word(4)
    checksumStart = word(6)
    checksumOffset = word(8)
    bufferCount = bytes.count >= 12 ? word(10) : 0
  }
}

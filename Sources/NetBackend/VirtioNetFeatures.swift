/// The virtio-net feature bits that concern a backend: offloads, merged buffers, the header.
///
/// *Guest* features say what the guest can receive; *host* features what it may send.
/// Source: virtio 1.2, section 5.1.3.
public struct VirtioNetFeatures: OptionSet, Hashable, Sendable {
  /// The bits, numbered as in the specification.
  public let rawValue: UInt64

  /// Creates a set of features from its bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// A set with the single feature of that bit number, from 0 to 63.
  public init(bit: Int) { rawValue = 1 << UInt64(bit) }

  /// The guest may send frames whose checksum is to be completed.
  public static let checksum = VirtioNetFeatures(bit: 0)
  /// The guest takes frames whose checksum is to be completed.
  public static let guestChecksum = VirtioNetFeatures(bit: 1)
  /// The guest takes TCP over IPv4 that was not segmented.
  public static let guestTCP4 = VirtioNetFeatures(bit: 7)
  /// The guest takes TCP over IPv6 that was not segmented.
  public static let guestTCP6 = VirtioNetFeatures(bit: 8)
  /// The guest takes unsegmented TCP with explicit congestion notification.
  public static let guestECN = VirtioNetFeatures(bit: 9)
  /// The guest takes UDP that was not fragmented.
  public static let guestUDP = VirtioNetFeatures(bit: 10)
  /// The guest may send TCP over IPv4 to be segmented.
  public static let hostTCP4 = VirtioNetFeatures(bit: 11)
  /// The guest may send TCP over IPv6 to be segmented.
  public static let hostTCP6 = VirtioNetFeatures(bit: 12)
  /// The guest may send unsegmented TCP with explicit congestion notification.
  public static let hostECN = VirtioNetFeatures(bit: 13)
  /// The guest may send UDP to be fragmented.
  public static let hostUDP = VirtioNetFeatures(bit: 14)
  /// The guest merges receive buffers.
  public static let mergeableBuffers = VirtioNetFeatures(bit: 15)
  /// The guest takes UDP over IPv4 that was not segmented.
  public static let guestUDPSegments4 = VirtioNetFeatures(bit: 54)
  /// The guest takes UDP over IPv6 that was not segmented.
  public static let guestUDPSegments6 = VirtioNetFeatures(bit: 55)
  /// The guest may send UDP to be segmented.
  public static let hostUDPSegments = VirtioNetFeatures(bit: 56)
}

internal import CLinux

/// What a tap may hand to its reader undone, the `TUN_F_` flags of Linux `linux/if_tun.h`.
public struct TapOffloads: OptionSet, Hashable, Sendable {
  /// The bits as the kernel numbers them.
  public let rawValue: UInt32
  /// Creates a set of offloads from its bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ constant: Int32) { rawValue = UInt32(constant) }

  /// Frames whose checksum is to be completed.
  ///
  /// The corresponding C constant is `TUN_F_CSUM`.
  public static let checksum = TapOffloads(CLINUX_TUN_F_CSUM)
  /// TCP over IPv4 that was not segmented.
  ///
  /// The corresponding C constant is `TUN_F_TSO4`.
  public static let tcp4 = TapOffloads(CLINUX_TUN_F_TSO4)
  /// TCP over IPv6 that was not segmented.
  ///
  /// The corresponding C constant is `TUN_F_TSO6`.
  public static let tcp6 = TapOffloads(CLINUX_TUN_F_TSO6)
  /// Unsegmented TCP with explicit congestion notification.
  ///
  /// The corresponding C constant is `TUN_F_TSO_ECN`.
  public static let congestionNotification = TapOffloads(CLINUX_TUN_F_TSO_ECN)
  /// UDP that was not fragmented.
  ///
  /// The corresponding C constant is `TUN_F_UFO`.
  public static let udp = TapOffloads(CLINUX_TUN_F_UFO)
  /// UDP over IPv4 that was not segmented; goes only together with ``udpSegments6``.
  ///
  /// The corresponding C constant is `TUN_F_USO4`.
  public static let udpSegments4 = TapOffloads(CLINUX_TUN_F_USO4)
  /// UDP over IPv6 that was not segmented; goes only together with ``udpSegments4``.
  ///
  /// The corresponding C constant is `TUN_F_USO6`.
  public static let udpSegments6 = TapOffloads(CLINUX_TUN_F_USO6)

  /// Both kinds of UDP segments.
  public static let udpSegments: TapOffloads = [.udpSegments4, .udpSegments6]
  /// Every offload that this type names.
  public static let all: TapOffloads = [
    .checksum, .tcp4, .tcp6, .congestionNotification, .udp, .udpSegments,
  ]
}

internal import CLinux

/// How a descriptor is attached to its interface, the `IFF_` flags of Linux `linux/if_tun.h`.
public struct TapFlags: OptionSet, Hashable, Sendable {
  /// The bits as the kernel numbers them.
  public let rawValue: Int32
  /// Creates a set of flags from its bits.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The interface carries IP packets.
  ///
  /// The corresponding C constant is `IFF_TUN`.
  public static let tun = TapFlags(rawValue: CLINUX_IFF_TUN)
  /// The interface carries Ethernet frames.
  ///
  /// The corresponding C constant is `IFF_TAP`.
  public static let tap = TapFlags(rawValue: CLINUX_IFF_TAP)
  /// The interface has several queues, one a descriptor.
  ///
  /// The corresponding C constant is `IFF_MULTI_QUEUE`.
  public static let multiQueue = TapFlags(rawValue: CLINUX_IFF_MULTI_QUEUE)
  /// The interface outlives its last descriptor.
  ///
  /// The corresponding C constant is `IFF_PERSIST`.
  public static let persistent = TapFlags(rawValue: CLINUX_IFF_PERSIST)
  /// No protocol information stands in front of the frames.
  ///
  /// The corresponding C constant is `IFF_NO_PI`.
  public static let noProtocolInformation = TapFlags(rawValue: CLINUX_IFF_NO_PI)
  /// A vnet header stands in front of the frames.
  ///
  /// The corresponding C constant is `IFF_VNET_HDR`.
  public static let vnetHeader = TapFlags(rawValue: CLINUX_IFF_VNET_HDR)

  /// What a driver knows that lacks nothing: every flag that one can ask for.
  public static let everyFlag: TapFlags = [
    .tun, .tap, .multiQueue, .noProtocolInformation, .vnetHeader,
  ]
}

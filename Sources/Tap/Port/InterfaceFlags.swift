internal import CLinux

/// The state of a network interface, the `IFF_` flags of `net/if.h`.
public struct InterfaceFlags: OptionSet, Hashable, Sendable {
  /// The bits as the kernel numbers them, flags that have no name here included.
  public let rawValue: Int32
  /// Creates a set of flags from its bits.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The link is up.
  ///
  /// The corresponding C constant is `IFF_UP`.
  public static let up = InterfaceFlags(rawValue: CLINUX_IFF_UP)
  /// The link has a carrier.
  ///
  /// The corresponding C constant is `IFF_RUNNING`.
  public static let running = InterfaceFlags(rawValue: CLINUX_IFF_RUNNING)
}

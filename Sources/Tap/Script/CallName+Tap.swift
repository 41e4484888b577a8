public import CallScript

// The calls of a tap, those that every family has aside.
extension CallName {
  /// Asking for the flags the driver knows.
  public static let getFeatures = CallName("TUNGETFEATURES")
  /// Attaching to an interface.
  public static let setInterface = CallName("TUNSETIFF")
  /// Asking for the interface attached to.
  public static let getInterface = CallName("TUNGETIFF")
  /// Setting the length of the vnet header.
  public static let setHeaderLength = CallName("TUNSETVNETHDRSZ")
  /// Setting the offloads.
  public static let setOffloads = CallName("TUNSETOFFLOAD")
  /// Making a descriptor non-blocking.
  public static let setNonBlocking = CallName("F_SETFL")
  /// Making a descriptor close-on-exec.
  public static let setCloseOnExec = CallName("F_SETFD")
  /// Asking for the flags of a descriptor.
  public static let getFlags = CallName("F_GETFL")
  /// Opening a socket for calls on interfaces.
  public static let socket = CallName("socket")
  /// Asking for the state of an interface.
  public static let getInterfaceFlags = CallName("SIOCGIFFLAGS")
  /// Setting the state of an interface.
  public static let setInterfaceFlags = CallName("SIOCSIFFLAGS")
  /// Writing a frame.
  public static let write = CallName("writev")

  /// Every call of a tap.
  public static let tapCalls: [CallName] = [
    .open, .getFeatures, .setInterface, .getInterface, .setHeaderLength, .setOffloads,
    .setNonBlocking, .setCloseOnExec, .getFlags, .socket, .getInterfaceFlags, .setInterfaceFlags,
    .write, .read, .close,
  ]
}

public import CallScript

// The calls of netmap, those that every family has aside.
extension CallName {
  /// Binding a descriptor to a port.
  public static let register = CallName("NIOCREGIF")
  /// Mapping the shared memory.
  public static let map = CallName("mmap")
  /// Asking for the length of the vnet header of a port.
  public static let getPortHeader = CallName("PORT_HDR_GET")
  /// Setting the length of the vnet header of a port.
  public static let setPortHeader = CallName("PORT_HDR_SET")
  /// Handing slots to send to the kernel.
  public static let syncTransmit = CallName("NIOCTXSYNC")
  /// Taking received slots from the kernel.
  public static let syncReceive = CallName("NIOCRXSYNC")

  /// Every call of netmap.
  public static let netmapCalls: [CallName] = [
    .open, .register, .map, .getPortHeader, .setPortHeader, .syncTransmit, .syncReceive, .close,
  ]
}

/// What a descriptor is to be bound to.
///
/// Source: netmap.h, `struct nmreq_register`.
public struct NetmapRegistration: Equatable, Sendable {
  /// The port, such as `eth0`, `vale0:1` or `eth0{1`, without the prefix `netmap:`.
  public var port: String
  /// Which rings.
  public var mode: NetmapMode
  /// The ring, if the mode is about one.
  public var ring: UInt16
  /// How they are bound.
  public var flags: NetmapRegistrationFlags
  /// The memory region to share; 0 leaves the choice to the kernel.
  public var memoryID: UInt16
  /// What is asked for; zeros leave the choice to the kernel.
  public var geometry: NetmapGeometry

  /// Asks for a port.
  public init(
    port: String,
    mode: NetmapMode = .allRings,
    ring: UInt16 = 0,
    flags: NetmapRegistrationFlags = [],
    memoryID: UInt16 = 0,
    geometry: NetmapGeometry = NetmapGeometry()
  ) {
    self.port = port
    self.mode = mode
    self.ring = ring
    self.flags = flags
    self.memoryID = memoryID
    self.geometry = geometry
  }
}

/// Which rings of a port are bound.
///
/// Source: netmap.h, `NR_REG_*`.
public enum NetmapMode: UInt32, Sendable {
  /// Those of the network card, not those to and from the host's stack.
  case allRings = 1
  /// Those to and from the host's stack alone.
  case hostRings = 2
  /// All of them.
  case allAndHostRings = 3
  /// One pair of the card's.
  case oneRing = 4
  /// The master's end of a pipe.
  case pipeMaster = 5
  /// The slave's end of a pipe.
  case pipeSlave = 6
}

/// How rings are bound.
///
/// Source: netmap.h, `NR_*`.
public struct NetmapRegistrationFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: UInt64
  /// Creates flags from their bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }
  /// A monitor of what the port sends (`NR_MONITOR_TX`).
  public static let transmitMonitor = NetmapRegistrationFlags(rawValue: 0x100)
  /// A monitor of what the port receives (`NR_MONITOR_RX`).
  public static let receiveMonitor = NetmapRegistrationFlags(rawValue: 0x200)
  /// A monitor that copies nothing (`NR_ZCOPY_MON`).
  public static let zeroCopyMonitor = NetmapRegistrationFlags(rawValue: 0x400)
  /// Nobody else may bind them (`NR_EXCLUSIVE`).
  public static let exclusive = NetmapRegistrationFlags(rawValue: 0x800)
  /// Only rings to receive from (`NR_RX_RINGS_ONLY`).
  public static let receiveRingsOnly = NetmapRegistrationFlags(rawValue: 0x2000)
  /// Only rings to send from (`NR_TX_RINGS_ONLY`).
  public static let transmitRingsOnly = NetmapRegistrationFlags(rawValue: 0x4000)
  /// The program sends and receives vnet headers where a port needs them (`NR_ACCEPT_VNET_HDR`).
  public static let acceptsVnetHeader = NetmapRegistrationFlags(rawValue: 0x8000)
  /// Polling looks for frames also when nobody asks for them (`NR_DO_RX_POLL`).
  public static let receivePoll = NetmapRegistrationFlags(rawValue: 0x1_0000)
  /// Polling for frames does not send what is waiting (`NR_NO_TX_POLL`).
  public static let noTransmitPoll = NetmapRegistrationFlags(rawValue: 0x2_0000)
}

/// How many rings there are, how long they are, and what their buffers are like.
public struct NetmapGeometry: Equatable, Hashable, Sendable {
  /// The number of slots of each ring to send from.
  public var transmitSlots = 0
  /// The number of slots of each ring to receive from.
  public var receiveSlots = 0
  /// The number of rings to send from.
  public var transmitRings = 0
  /// The number of rings to receive from.
  public var receiveRings = 0
  /// The number of buffers that belong to no ring.
  public var extraBuffers = 0
  /// The length of a buffer in bytes; the kernel's, which no request can set.
  public var bufferSize = 0

  /// Creates a geometry of zeros: everything as the kernel chooses.
  public init() {}
}

/// What a descriptor was bound to.
public struct NetmapRegistered: Equatable, Sendable {
  /// Where `struct netmap_if` begins in the memory, in bytes.
  public var offset: Int
  /// The length of the memory in bytes.
  public var memorySize: Int
  /// The region the memory belongs to.
  public var memoryID: UInt16
  /// What was given.
  public var geometry: NetmapGeometry

  /// Describes what was bound.
  public init(offset: Int, memorySize: Int, memoryID: UInt16, geometry: NetmapGeometry) {
    self.offset = offset
    self.memorySize = memorySize
    self.memoryID = memoryID
    self.geometry = geometry
  }
}

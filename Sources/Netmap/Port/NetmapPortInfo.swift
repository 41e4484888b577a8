/// What the kernel says of a port without binding to it.
public struct NetmapPortInfo: Equatable, Sendable {
  /// The length in bytes of the memory it would share.
  public var memorySize: Int
  /// The region the memory belongs to.
  public var memoryID: UInt16
  /// Its rings.
  public var geometry: NetmapGeometry

  /// Describes a port.
  public init(memorySize: Int, memoryID: UInt16, geometry: NetmapGeometry) {
    self.memorySize = memorySize
    self.memoryID = memoryID
    self.geometry = geometry
  }

  /// Reads the body of an answer: `memsize` at 0 (64 bits), `tx_slots` at 8 and `rx_slots` at 12 (32),
  /// `tx_rings` at 16, `rx_rings` at 18 and `mem_id` at 24 (16), in the machine's byte order.
  ///
  /// Source: netmap.h, `struct nmreq_port_info_get`.
  package init(_ bytes: NetmapBytes) {
    memorySize = Int(clamping: bytes.number(at: 0, as: UInt64.self))
    memoryID = bytes.number(at: 24)
    geometry = NetmapGeometry()
    geometry.transmitSlots = Int(bytes.number(at: 8, as: UInt32.self))
    geometry.receiveSlots = Int(bytes.number(at: 12, as: UInt32.self))
    geometry.transmitRings = Int(bytes.number(at: 16, as: UInt16.self))
    geometry.receiveRings = Int(bytes.number(at: 18, as: UInt16.self))
  }
}

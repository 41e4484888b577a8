public import RingMemory

/// Where the kernel puts the parts of one region: the interface, its rings, the buffers.
///
/// Source: netmap_mem2.c, the private allocators; measured on netmap 89607e1.
public struct NetmapRegion: Equatable, Sendable {
  /// The bytes that are kept for `struct netmap_if`.
  static let interfaceRoom = 12_288
  /// The length of a ring in memory is never less.
  static let leastRingSize = 20_480
  /// The number of buffers is never less.
  static let leastBufferCount = 4098
  /// The pipes that every port may have.
  static let pipes = 2

  /// The geometry, in which nothing is left open.
  public let geometry: NetmapGeometry
  /// The length of a ring in bytes, its slots included.
  public let ringSize: Int
  /// The offset of the first buffer in bytes.
  public let bufferOffset: Int
  /// The number of buffers.
  public let bufferCount: Int

  /// Lays out a region for one port and its pipes.
  public init(_ geometry: NetmapGeometry) {
    let slots = max(geometry.transmitSlots, geometry.receiveSlots)
    self.geometry = geometry
    ringSize = max(Self.leastRingSize, NetmapLayout.Ring.slots + slots * NetmapSlot.size)
    // Each port has a ring more in each direction for the host, and each end of a pipe two.
    let transmit = 4 * Self.pipes + geometry.transmitRings + 1
    let receive = 4 * Self.pipes + geometry.receiveRings + 1
    let rings = Self.roundedUp(transmit + receive, to: Self.clusterSize(of: ringSize))
    bufferOffset = Self.interfaceRoom + rings * ringSize
    bufferCount = max(
      Self.leastBufferCount,
      transmit * geometry.transmitSlots + receive * geometry.receiveSlots + geometry.extraBuffers
        + 2
    )
  }

  /// The length of the whole in bytes, in whole pages.
  public var size: Int {
    Self.roundedUp(bufferOffset + bufferCount * geometry.bufferSize, to: 4096)
  }

  /// How many objects of a size fill whole pages; objects are made in groups of so many.
  private static func clusterSize(of size: Int) -> Int {
    (1...).first { size * $0 % 4096 == 0 || size * $0 > 1 << 22 } ?? 1
  }

  private static func roundedUp(_ value: Int, to unit: Int) -> Int {
    (value + unit - 1) / unit * unit
  }

  /// The offset of a ring to receive from, in bytes.
  public func receiveRing(_ number: Int) -> Int { Self.interfaceRoom + number * ringSize }

  /// The offset of a ring to send from, in bytes; they lie behind those to receive from.
  public func transmitRing(_ number: Int) -> Int {
    Self.interfaceRoom + (geometry.receiveRings + number) * ringSize
  }
}

extension NetmapRegion {
  /// Writes the interface and its rings as the kernel does when a port is bound.
  ///
  /// - Parameter name: The port's name, of which 15 bytes are kept.
  public func write(to memory: SharedMemory, name: String) {
    typealias Interface = NetmapLayout.Interface
    let base = unsafe memory.base
    for (index, byte) in name.utf8.prefix(Interface.nameSize - 1).enumerated() {
      unsafe base.storeBytes(of: byte, toByteOffset: Interface.name + index, as: UInt8.self)
    }
    let words = [
      (Interface.flags, 1), (Interface.transmitRings, geometry.transmitRings),
      (Interface.receiveRings, geometry.receiveRings), (Interface.hostTransmitRings, 1),
      (Interface.hostReceiveRings, 1),
    ]
    for (offset, value) in words {
      unsafe base.storeBytes(of: UInt32(value), toByteOffset: offset, as: UInt32.self)
    }
    // The host's rings are not bound: theirs stay 0.
    let transmit = (0..<geometry.transmitRings).map(transmitRing)
    let receive = (0..<geometry.receiveRings).map(receiveRing)
    for (index, offset) in (transmit + [0] + receive + [0]).enumerated() {
      let place = Interface.ringOffsets + index * 8
      unsafe base.storeBytes(of: Int64(offset), toByteOffset: place, as: Int64.self)
    }
    writeRings(to: memory, transmit: transmit, receive: receive)
  }

  private func writeRings(to memory: SharedMemory, transmit: [Int], receive: [Int]) {
    // 0 and 1 stand in for buffers that are none.
    var nextBuffer: UInt32 = 2
    for (number, offset) in receive.enumerated() {
      writeRing(memory, offset, number, isTransmit: false, firstBuffer: &nextBuffer)
    }
    for (number, offset) in transmit.enumerated() {
      writeRing(memory, offset, number, isTransmit: true, firstBuffer: &nextBuffer)
    }
  }

  private func writeRing(
    _ memory: SharedMemory,
    _ offset: Int,
    _ number: Int,
    isTransmit: Bool,
    firstBuffer: inout UInt32
  ) {
    typealias Ring = NetmapLayout.Ring
    let base = unsafe memory.base + offset
    let slots = isTransmit ? geometry.transmitSlots : geometry.receiveSlots
    unsafe base.storeBytes(of: Int64(bufferOffset - offset), as: Int64.self)
    let words = [(Ring.slotCount, slots), (Ring.bufferSize, geometry.bufferSize)]
    for (place, value) in words {
      unsafe base.storeBytes(of: UInt32(value), toByteOffset: place, as: UInt32.self)
    }
    let shorts = [(Ring.ringID, UInt16(number)), (Ring.direction, isTransmit ? 1 : 0)]
    for (place, value) in shorts {
      unsafe base.storeBytes(of: value, toByteOffset: place, as: UInt16.self)
    }
    let tail = UInt32(isTransmit ? max(0, slots - 1) : 0)
    unsafe base.storeBytes(of: tail, toByteOffset: Ring.tail, as: UInt32.self)
    for position in 0..<slots {
      let slot = NetmapSlot(
        bufferIndex: firstBuffer,
        length: UInt16(clamping: geometry.bufferSize)
      )
      let place = Ring.slots + position * NetmapSlot.size
      unsafe base.storeBytes(of: slot.word, toByteOffset: place, as: UInt64.self)
      firstBuffer += 1
    }
  }
}

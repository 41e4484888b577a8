/// Where things lie in the shared memory of netmap, version 14 of its interface.
///
/// All fields are in the machine's byte order, all offsets in bytes.
///
/// Source: netmap.h; offsets measured on netmap 89607e1, x86-64.
enum NetmapLayout {
  /// `struct netmap_ring`.
  enum Ring {
    static let bufferOffset = 0
    static let slotCount = 8
    static let bufferSize = 12
    static let ringID = 16
    static let direction = 18
    static let head = 20
    static let current = 24
    static let tail = 28
    static let flags = 32
    static let timestamp = 40
    static let offsetMask = 56
    static let bufferAlignment = 64
    static let slots = 256
    /// What a ring is aligned to.
    static let alignment = 128
    /// What `direction` is in a ring to send from; the header's own comment has it the wrong way.
    static let transmit: UInt16 = 1
  }

  /// `struct netmap_if`.
  enum Interface {
    static let name = 0
    static let nameSize = 16
    static let version = 16
    static let flags = 20
    static let transmitRings = 24
    static let receiveRings = 28
    static let extraBuffers = 32
    static let hostTransmitRings = 36
    static let hostReceiveRings = 40
    static let ringOffsets = 56
  }
}

internal import RingMemory

/// The fields of a ring that do not change, read once and found possible.
struct NetmapRingFields {
  /// From the ring to the first buffer, in bytes; may be negative.
  let bufferOffset: Int
  let slotCount: UInt32
  let bufferSize: UInt32
  /// The number of buffers that lie wholly in the memory.
  let bufferCount: UInt32

  init(_ memory: SharedMemory, at offset: Int) throws(NetmapLayoutError) {
    typealias Ring = NetmapLayout.Ring
    guard offset >= 0, offset % 8 == 0, unsafe Int(bitPattern: memory.base) % 8 == 0 else {
      throw NetmapLayoutError("ring_ofs", offset, "a multiple of 8 that is not negative")
    }
    guard offset <= memory.count - Ring.slots else {
      throw NetmapLayoutError("ring_ofs", offset, "a ring that ends within \(memory.count) bytes")
    }
    let base = unsafe memory.base + offset
    slotCount = unsafe (base + Ring.slotCount).load(as: UInt32.self)
    bufferSize = unsafe (base + Ring.bufferSize).load(as: UInt32.self)
    let toBuffers = unsafe (base + Ring.bufferOffset).load(as: Int64.self)
    let slotRoom = (memory.count - offset - Ring.slots) / NetmapSlot.size
    guard slotCount >= 2, Int(slotCount) <= slotRoom else {
      throw NetmapLayoutError("num_slots", Int(slotCount), "2 to \(slotRoom) slots")
    }
    guard bufferSize >= 1, bufferSize <= 65_536 else {
      throw NetmapLayoutError("nr_buf_size", Int(bufferSize), "1 to 65536 bytes")
    }
    let (start, overflow) = offset.addingReportingOverflow(Int(toBuffers))
    guard !overflow, start >= 0, start <= memory.count else {
      throw NetmapLayoutError(
        "buf_ofs",
        Int(toBuffers),
        "buffers that begin within \(memory.count) bytes"
      )
    }
    bufferOffset = Int(toBuffers)
    bufferCount = UInt32(clamping: (memory.count - start) / Int(bufferSize))
  }
}

/// A field of shared memory that cannot be what it is.
public struct NetmapLayoutError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The field's name in C.
  public let field: String
  /// What was found.
  public let value: Int
  /// What was expected.
  public let expected: String

  init(_ field: String, _ value: Int, _ expected: String) {
    self.field = field
    self.value = value
    self.expected = expected
  }

  /// The field, its value and what was expected.
  public var description: String { "\(field) is \(value); \(expected) expected" }
}

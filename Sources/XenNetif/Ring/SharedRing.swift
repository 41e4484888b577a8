public import RingMemory
internal import Synchronization

/// A view of a ring in a page that both sides share.
///
/// In the header, 32 bits each and little-endian: the producer of requests at 0, their event at 4,
/// the producer of responses at 8, their event at 12. The frontend writes the first and the last, the
/// backend the other two; bytes 16 to 63 are nobody's. The view holds an address: it is valid as long
/// as the page that it was made from.
///
/// Source: Xen `io/ring.h`, `DEFINE_RING_TYPES`.
///
/// Sendable is unchecked: an address that never changes; slots belong to one side at a time, and the
/// producers, which tell whose they are, are atomic.
@safe public struct SharedRing: @unchecked Sendable {
  /// The sizes of its slots.
  public let geometry: RingGeometry
  let page: UnsafeMutableRawPointer

  /// Looks at the ring in the first 4096 bytes of some memory.
  public init(_ memory: SharedMemory, _ geometry: RingGeometry) {
    precondition(memory.count >= RingGeometry.pageSize, "a ring needs a whole page")
    unsafe self.init(unsafePage: memory.base, geometry)
  }

  /// Looks at the ring in 4096 bytes that begin at a multiple of 4.
  public init(unsafePage page: UnsafeMutableRawPointer, _ geometry: RingGeometry) {
    unsafe self.page = page
    self.geometry = geometry
  }

  /// How far the frontend has put requests into the ring.
  public var requestProducer: SharedWord32 { word(0) }
  /// The producer of requests for which the backend wants an event.
  public var requestEvent: SharedWord32 { word(4) }
  /// How far the backend has put responses into the ring.
  public var responseProducer: SharedWord32 { word(8) }
  /// The producer of responses for which the frontend wants an event.
  public var responseEvent: SharedWord32 { word(12) }

  /// The slot of an index; indices that differ by the number of slots have the same one.
  public func slot(_ index: UInt32) -> UnsafeMutableRawPointer {
    unsafe page + geometry.offset(of: index)
  }

  /// Reads the beginning of a slot, each byte of it exactly once.
  public func value<Value: WireValue>(at index: UInt32, as type: Value.Type = Value.self) -> Value {
    precondition(Value.size <= geometry.slotSize && Value.size % 4 == 0)
    // The other side may write at any time: what is looked at twice is a copy of our own.
    return unsafe withUnsafeTemporaryAllocation(byteCount: Value.size, alignment: 4) { copy in
      let copy = unsafe copy.baseAddress.unsafelyUnwrapped
      unsafe copySlot(index, to: copy, words: Value.size / 4)
      return unsafe Value(copy)
    }
  }

  /// Writes the beginning of a slot, and no other byte.
  public func setValue<Value: WireValue>(_ value: Value, at index: UInt32) {
    precondition(Value.size <= geometry.slotSize)
    unsafe value.write(to: slot(index))
  }

  /// Makes the header that of an empty ring, as the frontend does; the slots stay as they are.
  ///
  /// - Parameter start: The index that both producers begin with.
  public func initialise(at start: UInt32 = 0) {
    unsafe (page + 16).initializeMemory(
      as: UInt8.self,
      repeating: 0,
      count: RingGeometry.headerSize - 16
    )
    requestEvent.store(start &+ 1)
    responseEvent.store(start &+ 1)
    responseProducer.store(start)
    requestProducer.store(start)
  }

  private func word(_ offset: Int) -> SharedWord32 {
    unsafe SharedWord32(unsafeAddress: page + offset)
  }

  /// Copies the first words of a slot, each read exactly once.
  @inline(__always)
  func copySlot(_ index: UInt32, to copy: UnsafeMutableRawPointer, words count: Int) {
    let words = unsafe slot(index).assumingMemoryBound(to: Atomic<UInt32>.self)
    for position in 0..<count {
      let word = unsafe words[position].load(ordering: .relaxed)
      unsafe copy.storeBytes(of: word, toByteOffset: position &* 4, as: UInt32.self)
    }
  }
}

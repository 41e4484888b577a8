import RingMemory

/// A page whose bytes can be looked at one by one.
struct Page {
  let memory: SharedMemory

  init(filledWith byte: UInt8) throws {
    memory = try SharedMemory(count: 4096)
    // The memory has that many bytes.
    unsafe memory.base.initializeMemory(as: UInt8.self, repeating: byte, count: 4096)
  }

  /// All 4096 bytes, as they are now.
  var bytes: [UInt8] {
    get { unsafe Array(UnsafeRawBufferPointer(start: memory.base, count: 4096)) }
    nonmutating set {
      precondition(newValue.count == 4096)
      unsafe newValue.withUnsafeBytes {
        unsafe memory.base.copyMemory(from: $0.baseAddress.unsafelyUnwrapped, byteCount: 4096)
      }
    }
  }

  /// The positions of bytes that are not what they were.
  func changes(since before: [UInt8]) -> [Int] {
    let now = bytes
    return now.indices.filter { now[$0] != before[$0] }
  }
}

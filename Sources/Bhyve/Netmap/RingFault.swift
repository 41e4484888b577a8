internal import Netmap
internal import RingMemory

/// Where C would have gone on with memory that is not its own, or for ever.
struct RingFault: Error {
  let what: String
  /// The seed's line.
  let line: Int
}

extension NetmapRing {
  /// The slot at a position that C takes as it is.
  func slot(_ position: UInt32, line: Int) throws(RingFault) -> NetmapSlot {
    guard indices.contains(position) else {
      throw RingFault(what: "slot \(position) of \(slotCount)", line: line)
    }
    return self[position]
  }

  /// The buffer of an index that C takes as it is; 0 and 1, which are the kernel's, are memory too.
  func buffer(_ index: UInt32, line: Int) throws(RingFault) -> UnsafeMutableRawPointer {
    guard index < bufferCount else {
      throw RingFault(what: "buffer \(index) of \(bufferCount)", line: line)
    }
    return unsafe buffer(index)
  }
}

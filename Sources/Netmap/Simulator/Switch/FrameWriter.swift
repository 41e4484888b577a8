/// Puts frames into a ring whose port has a vnet header of another length than the sender's.
///
/// Copies are longer than the frame, as there: in pieces of 64 bytes, behind a header, so that they may
/// reach into the next buffer; here they end with the memory.
///
/// Source: netmap_offloadings.c, `bdg_mismatch_datapath`.
@safe struct FrameWriter {
  let ring: KernelRingView
  /// The next slot.
  var position: UInt32
  /// The number of slots that may be used.
  var room: Int
  /// The length of the sender's vnet header in bytes.
  let sourceHeader: Int
  /// The length of the receiver's vnet header in bytes.
  let targetHeader: Int
  /// The longest frame that segmentation makes, in bytes.
  let frameLimit: Int
  /// The end of the sender's memory.
  let sourceEnd: UnsafeMutableRawPointer

  /// Puts one frame into the ring; says whether it was one for this port.
  ///
  /// - Parameter fragments: At least one, the first of them as long as the header or longer.
  mutating func write(_ fragments: UnsafeBufferPointer<ForwardingTable.Entry>) -> Bool {
    // The kernel follows a pointer here without asking, which could end this program.
    let hasIndirect = unsafe fragments.contains { $0.flags.contains(.indirect) }
    if hasIndirect && sourceHeader > 0 { return false }
    guard sourceHeader > 0 else {
      return unsafe writeWhole(fragments, header: nil)
    }
    let header = unsafe SourceHeader(fragments[0].bytes)
    guard targetHeader == 0 else {
      return unsafe writeWhole(fragments, header: header)
    }
    guard header.isGood else { return false }
    return header.segmentation == 0
      ? unsafe writeWhole(fragments, header: header)
      : unsafe writeSegments(fragments, header)
  }

  /// Copies as much as there is memory for.
  func copy(
    to target: UnsafeMutableRawPointer,
    from source: UnsafeRawPointer,
    _ count: Int
  ) {
    let room = unsafe min(ring.memoryEnd - target, UnsafeRawPointer(sourceEnd) - source)
    unsafe target.copyMemory(from: source, byteCount: max(0, min(count, room)))
  }
}

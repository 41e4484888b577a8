internal import RingMemory

extension FrameWriter {
  /// Puts a frame into the ring as it is, slot by slot, behind the receiver's header.
  ///
  /// - Parameter header: The sender's header, if there is one.
  mutating func writeWhole(
    _ fragments: UnsafeBufferPointer<ForwardingTable.Entry>,
    header: SourceHeader?
  ) -> Bool {
    var slot = ring[position]
    var target = unsafe ring.buffer(slot.bufferIndex)
    unsafe writeHeader(header, to: target)
    unsafe target += targetHeader
    // A header alone in its slot leaves none behind where no header is.
    let skipped = unsafe targetHeader == 0 && fragments[0].length == sourceHeader ? 1 : 0
    var sum = unsafe RequestedChecksum(
      targetHeader == 0 ? header : nil,
      of: skipped > 0 ? fragments[1].length : fragments[0].length - sourceHeader,
      at: target
    )
    for number in skipped..<fragments.count {
      let fragment = unsafe fragments[number]
      let isFirst = number == 0
      let source = unsafe fragment.bytes + (isFirst ? sourceHeader : 0)
      let count = isFirst ? fragment.length - sourceHeader : fragment.length
      unsafe sum.add(source, count, isFirst: number == skipped, end: sourceEnd)
      let isRead = unsafe copyRounded(to: target, from: source, count, fragment.flags)
      let length = isFirst ? targetHeader + count : count
      slot.length = UInt16(truncatingIfNeeded: isRead ? length : 0)
      slot.flags = flags(number - skipped, of: fragments.count - skipped)
      ring[position] = slot
      position = ring.indices.next(position)
      room -= 1
      slot = ring[position]
      unsafe target = ring.buffer(slot.bufferIndex)
    }
    unsafe sum.finish(before: ring.memoryEnd)
    return true
  }

  /// Writes zeros, and over them the part of the sender's header that both have.
  private func writeHeader(_ header: SourceHeader?, to target: UnsafeMutableRawPointer) {
    guard targetHeader > 0 else { return }
    unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: targetHeader)
    guard let header else { return }
    unsafe target.storeBytes(of: header.bytes.0, as: UInt64.self)
    unsafe target.storeBytes(of: header.bytes.1, toByteOffset: 8, as: UInt16.self)
  }

  /// Copies in pieces of 64 bytes; says whether the source could be read.
  private func copyRounded(
    to target: UnsafeMutableRawPointer,
    from source: UnsafeRawPointer,
    _ count: Int,
    _ flags: NetmapSlotFlags
  ) -> Bool {
    let rounded = (count + 63) & ~63
    if flags.contains(.indirect) {
      let room = unsafe max(0, ring.memoryEnd - target)
      return unsafe IndirectMemory.read(source, min(rounded, room), into: target)
    }
    unsafe copy(to: target, from: source, rounded)
    return true
  }

  private func flags(_ number: Int, of count: Int) -> NetmapSlotFlags {
    let more: UInt16 = number + 1 < count ? 0x20 : 0
    return NetmapSlotFlags(rawValue: UInt16(truncatingIfNeeded: count << 8) | more)
  }
}

internal import RingMemory

extension ValeSwitch {
  /// Puts frames into a ring whose port has a header of another length; returns how many.
  func convert(
    _ frames: inout FrameOrder,
    to ring: KernelRing,
    room: Int,
    from sender: ValePort,
    to receiver: ValePort
  ) -> UInt64 {
    guard let memory = sender.memory else { return 0 }
    var writer = unsafe FrameWriter(
      ring: ring.view,
      position: ring.deviceTail,
      room: room,
      sourceHeader: sender.headerLength,
      targetHeader: receiver.headerLength,
      frameLimit: receiver.frameLimit,
      sourceEnd: memory.shared.base + memory.region.size
    )
    var received: UInt64 = 0
    while writer.room > 0, let index = frames.next(in: table) {
      let fragments = unsafe Int(table.entries[index].fragments)
      guard fragments <= writer.room else {
        frames.lost &+= 1
        break
      }
      let entries = unsafe UnsafeBufferPointer(start: table.entries + index, count: fragments)
      if unsafe writer.write(entries) {
        received &+= 1
      } else {
        frames.lost &+= 1
      }
    }
    ring.deviceTail = writer.position
    return received
  }
}

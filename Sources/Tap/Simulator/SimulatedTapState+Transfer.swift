internal import CallScript
internal import DequeModule
internal import Glibc
internal import NetBackend
internal import SystemPackage

extension SimulatedTapState {
  /// The most bytes of a frame for which the kernel finds memory: of a longer one it reads nothing.
  ///
  /// Measured on Linux 6.18; `ENOBUFS` from there on.
  private static var longestWrite: Int { 4_750_976 }

  /// Takes one frame from a descriptor.
  ///
  /// Source: Linux `tun_chr_write_iter`, `tun_get_user`.
  mutating func write(
    _ descriptor: Int32,
    _ elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    _ = try slot(descriptor)
    let total = try unsafe elements.checkedTotal()
    guard total > 0 else { return 0 }
    let index = try attached(descriptor)
    guard let interface = interfaces[index] else { throw .badFileDescriptorState }
    let front = interface.headerInFront
    guard total >= front else { throw .invalidArgument }
    guard total - front <= Self.longestWrite else { throw .noBufferSpace }
    let frame = SimulatedTapFrame(
      try unsafe elements.gather(from: front, count: total - front),
      header: front > 0 ? try unsafe elements.gatherHeader() : VirtioNetHeader()
    )
    try frame.checkHeader(behindHeader: front > 0 ? total - 10 : total)
    // Only the tap asks for this much.
    guard frame.header.headersLength == 0 || frame.header.headersLength >= 14 else {
      throw .invalidArgument
    }
    let minimum = interface.flags.contains(.tap) ? 14 : 1
    guard frame.bytes.count >= minimum else { throw .invalidArgument }
    guard interface.isUp else { throw .ioError }
    interfaces[index]?.sent.append(frame)
    return total
  }

  /// Hands over one frame; what does not fit is lost.
  ///
  /// Frames that were waiting when the link went down can be read still.
  /// Source: Linux `tun_chr_read_iter`, `tun_put_user`.
  mutating func read(
    _ descriptor: Int32,
    _ elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    let slot = try slot(descriptor)
    let total = try unsafe elements.checkedTotal()
    guard total > 0 else { return 0 }
    let index = try attached(descriptor)
    guard let frame = descriptors[slot]?.waiting.popFirst() else {
      // A blocking descriptor would wait for ever; the simulator says so instead.
      let isNonBlocking = descriptors[slot]?.flags.contains(.nonBlocking) == true
      throw isNonBlocking ? .wouldBlock : .deadlock
    }
    let front = interfaces[index]?.headerInFront ?? 0
    guard total >= front else { throw .invalidArgument }
    if front > 0 {
      try unsafe elements.scatter(frame.header.encodedForDevice(length: front), at: 0)
    }
    try unsafe elements.scatter(frame.bytes, at: front)
    return min(total, front + frame.bytes.count)
  }

  /// Puts a frame on the link, as a packet socket does.
  ///
  /// Source: Linux `packet_snd`, `tun_net_xmit`.
  mutating func inject(_ frame: SimulatedTapFrame, into name: String) throws(Errno) {
    let index = try index(of: name)
    guard let interface = interfaces[index] else { throw .operationNotSupportedByDevice }
    guard interface.isUp else { throw .networkDown }
    guard frame.bytes.count >= 14 else { throw .invalidArgument }
    try frame.checkHeader(behindHeader: frame.bytes.count)
    try frame.checkProtocol()
    let isTagged = frame.bytes[12] == 0x81 && frame.bytes[13] == 0
    let limit = interface.mtu + (isTagged ? 18 : 14)
    guard frame.isUnsegmented || frame.bytes.count <= limit else { throw .messageTooLong }
    let finished = try frame.finished(for: interface.offloads)
    guard let queue = interface.queues.first, let slot = try? slot(queue),
      let count = descriptors[slot]?.waiting.count, count < interface.queueLength
    else {
      interfaces[index]?.dropped += 1
      return
    }
    descriptors[slot]?.waiting.append(finished)
  }
}

internal import SystemPackage

extension KernelState {
  /// Hands what was published on the rings to send from to their device.
  ///
  /// Source: netmap.c, `netmap_ioctl`, `NIOCTXSYNC`.
  func syncTransmit(_ number: Int32) throws(Errno) {
    let descriptor = try descriptor(number)
    guard let adapter = descriptor.adapter else { throw .noSuchAddressOrDevice }
    for number in descriptor.rings.transmit {
      if let ring = adapter.transmitRings[number] { _ = syncTransmit(ring, of: adapter) }
    }
  }

  /// Hands what was released on the rings to receive from back to their device.
  ///
  /// Source: netmap.c, `netmap_ioctl`, `NIOCRXSYNC`.
  func syncReceive(_ number: Int32) throws(Errno) {
    let descriptor = try descriptor(number)
    guard let adapter = descriptor.adapter else { throw .noSuchAddressOrDevice }
    for number in descriptor.rings.receive {
      if let ring = adapter.receiveRings[number] { _ = syncReceive(ring, of: adapter) }
    }
  }

  /// Returns whether the indices could be.
  func syncTransmit(_ ring: KernelRing, of adapter: KernelAdapter) -> Bool {
    guard ring.readTransmitIndices() else {
      ring.restart()
      return false
    }
    adapter.transmit(ring)
    ring.finish()
    return true
  }

  /// Returns whether the indices could be; the device takes them also if they could not.
  func syncReceive(_ ring: KernelRing, of adapter: KernelAdapter) -> Bool {
    let wereRight = ring.readReceiveIndices()
    if !wereRight { ring.restart() }
    adapter.receive(ring)
    ring.finish()
    return wereRight
  }
}

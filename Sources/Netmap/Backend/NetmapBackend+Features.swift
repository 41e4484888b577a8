internal import CallGate
public import NetBackend
internal import SystemPackage

extension NetmapBackend {
  /// What a switch can do to frames on their way to a port without headers; a card's port can nothing.
  public func offeredFeatures() throws(BackendError) -> VirtioNetFeatures {
    try checkOpen("offeredFeatures")
    return isSwitchPort ? .ofSwitchPort : []
  }

  /// Sets the header length of the switch's port; if that is refused, nothing has changed.
  ///
  /// Frames that lie in the rings then are behind a header of the old length: they are dropped and
  /// counted.
  public func setFeatures(
    _ features: VirtioNetFeatures,
    headerLength length: Int
  ) throws(BackendError) {
    try checkOpen("setFeatures")
    guard length == 0 || (isSwitchPort && VirtioNetHeader.lengths.contains(length)) else {
      throw failure(.unsupportedHeaderLength, "setFeatures")
    }
    let possible = try offeredFeatures().isSuperset(of: features)
    guard possible, features.lackingDependencies.isEmpty, features.isEmpty || length > 0 else {
      throw failure(.unsupportedFeatures, "setFeatures")
    }
    let outcome: Void? = try gate.alone { (sending, receiving) throws(BackendError) in
      guard length != sending.headerLength else { return }
      try apply(length, &sending, &receiving)
    }
    if outcome == nil { throw failure(.closed, "setFeatures") }
  }

  private func apply(
    _ length: Int,
    _ sending: inout NetmapSendSide,
    _ receiving: inout NetmapReceiveSide
  ) throws(BackendError) {
    do throws(Errno) {
      try port.setHeaderLength(descriptor, of: portName, to: length)
    } catch { throw failure(.system, "PORT_HDR_SET", error) }
    // What the kernel has and the ring not yet was also converted to the old length.
    try? port.syncReceive(descriptor)
    receiving.dropStale()
    (sending.headerLength, receiving.headerLength) = (length, length)
    publish(headerLength: length)
  }
}

extension VirtioNetFeatures {
  /// What the VALE switch does: checksums, and the segmentation of TCP and UDP.
  ///
  /// Source: netmap_offloadings.c; bhyve `net_backends.c`, lines 390-394.
  static let ofSwitchPort: VirtioNetFeatures = [
    .checksum, .hostTCP4, .hostTCP6, .hostUDP, .guestChecksum, .guestTCP4, .guestTCP6, .guestUDP,
  ]
}

public import NetBackend
internal import Netmap
internal import Synchronization
internal import SystemPackage

extension BhyveNetmap {
  /// The length of the header with the number of buffers: that of `struct virtio_net_rxhdr`.
  private static var longHeader: UInt32 { 12 }

  /// What netmap can do if the port takes a header of 12 bytes, which is found out by setting it.
  ///
  /// Source: bhyve `net_backends.c`, lines 438-464 and 805-811.
  public func offeredFeatures() throws(BackendError) -> VirtioNetFeatures {
    try check("netbe_get_cap")
    return probe(Int(Self.longHeader)) ? .ofNetmap : []
  }

  /// Sets the header length on the port; the features are not looked at.
  ///
  /// Source: bhyve `net_backends.c`, lines 466-472 and 813-833.
  public func setFeatures(
    _ features: VirtioNetFeatures,
    headerLength: Int
  ) throws(BackendError) {
    try check("netbe_set_cap")
    // The parameter is an unsigned int: what does not fit it is lost before the check.
    let length = UInt32(truncatingIfNeeded: headerLength)
    guard length == 0 || length == Self.longHeader || length == Self.longHeader - 2 else {
      throw BackendError(.unsupportedHeaderLength, call: "netbe_set_cap", subject: name)
    }
    let isSet = set(Int(length))
    // The frontend's length was stored before, whether or not the backend's follows it.
    guard [0, length].contains(UInt32(self.headerLength)) else {
      throw stop("netbe_set_cap: assertion of equal header lengths", line: 829)
    }
    guard isSet else {
      throw BackendError(.unsupportedHeaderLength, call: "netmap_set_cap", subject: name)
    }
  }

  /// Whether the port takes a header of that length; what setting it back came to is not looked at.
  private func probe(_ length: Int) -> Bool {
    let previous = headerLength
    guard length != previous else { return true }
    guard set(length) else { return false }
    _ = set(previous)
    return true
  }

  /// Sets the header of the port of this name, which still has its prefix: a card is never found.
  ///
  /// Source: bhyve `net_backends.c`, lines 407-436.
  private func set(_ length: Int) -> Bool {
    do throws(Errno) {
      try port.setHeaderLength(descriptor, of: name, to: length)
    } catch { return false }
    header.store(length, ordering: .releasing)
    return true
  }
}

extension VirtioNetFeatures {
  /// What the seed says that netmap supports.
  ///
  /// Source: bhyve `net_backends.c`, lines 390-394.
  static let ofNetmap: VirtioNetFeatures = [
    .checksum, .hostTCP4, .hostTCP6, .hostUDP, .guestChecksum, .guestTCP4, .guestTCP6, .guestUDP,
  ]
}

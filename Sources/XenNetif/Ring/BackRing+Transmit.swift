extension BackRing {
  /// Puts the response to an extra slot into the transmit ring: a status, and no identifier.
  ///
  /// Source: Linux `drivers/net/xen-netback/netback.c`, `make_tx_response`.
  public mutating func respondNull() { respond(NullStatus()) }
}

/// The end of a response: its identifier is skipped, so its bytes stay as they were.
private struct NullStatus: WireValue {
  static let size = TransmitResponse.size

  init() {}
  init(_ bytes: UnsafeRawPointer) {}

  func write(to bytes: UnsafeMutableRawPointer) {
    unsafe bytes.write(TransmitStatus.null.rawValue, at: 2)
  }
}

public import NetBackend

/// A frame on the simulated link, with the header that says what is still to be done to it.
public struct SimulatedTapFrame: Equatable, Sendable {
  /// The vnet header; all zero if nothing is to be done.
  public var header: VirtioNetHeader
  /// The frame, from its destination address on.
  public var bytes: [UInt8]

  /// Creates a frame.
  public init(_ bytes: [UInt8], header: VirtioNetHeader = VirtioNetHeader()) {
    self.header = header
    self.bytes = bytes
  }
}

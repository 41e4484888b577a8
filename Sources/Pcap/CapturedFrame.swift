/// One frame of a capture.
public struct CapturedFrame: Equatable, Sendable {
  /// The bytes that were captured.
  public var bytes: [UInt8]
  /// The length in bytes that the frame had on the link.
  public var length: Int
  /// When it was captured, in whole seconds since 1970.
  public var seconds: Int
  /// The rest of the time, in microseconds.
  public var microseconds: Int

  /// Creates a frame; its length on the link is that of its bytes unless another is given.
  public init(bytes: [UInt8], length: Int? = nil, seconds: Int = 0, microseconds: Int = 0) {
    self.bytes = bytes
    self.length = length ?? bytes.count
    self.seconds = seconds
    self.microseconds = microseconds
  }

  /// Whether the capture has only the beginning of the frame.
  public var isTruncated: Bool { bytes.count < length }
}

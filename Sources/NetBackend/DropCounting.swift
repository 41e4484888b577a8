/// A backend that counts the frames it lost.
public protocol DropCounting: NetBackend {
  /// The frames lost since the backend was opened, by cause.
  var drops: DropCounters { get }
}

/// Frames lost, by cause.
public struct DropCounters: Equatable, Sendable {
  /// Frames to send that the device refused or took only in part.
  public var sendFailed: UInt64 = 0
  /// Frames to send for which there was no room; the caller may try again.
  public var sendNoRoom: UInt64 = 0
  /// Frames received that were longer than any frame the backend handles.
  public var receiveTooLong: UInt64 = 0
  /// Frames held in the backend when the header length changed under them.
  public var receiveStale: UInt64 = 0
  /// Frames received that could not be read: slots that contradict their ring.
  public var receiveCorrupt: UInt64 = 0

  /// Creates counters that are all zero.
  public init() {}

  /// All frames lost.
  public var total: UInt64 {
    sendFailed + sendNoRoom + receiveTooLong + receiveStale + receiveCorrupt
  }
}

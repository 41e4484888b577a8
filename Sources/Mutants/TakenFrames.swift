internal import Synchronization

/// Frames that a wrong backend keeps to itself, oldest first.
final class TakenFrames: Sendable {
  private let frames = Mutex<[[UInt8]]>([])

  /// The oldest frame.
  var first: [UInt8]? { frames.withLock { $0.first } }

  /// The newest frame.
  var last: [UInt8]? { frames.withLock { $0.last } }

  /// Keeps one more frame.
  func append(_ frame: [UInt8]) { frames.withLock { $0.append(frame) } }

  /// Keeps this frame alone.
  func replace(with frame: [UInt8]) { frames.withLock { $0 = [frame] } }

  /// Takes the oldest frame.
  func takeFirst() -> [UInt8]? {
    frames.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}

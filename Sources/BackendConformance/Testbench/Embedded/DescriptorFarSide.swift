internal import Glibc

/// A far side that is a descriptor on which one write puts one frame on the link and one read takes
/// one off it: the other end of a socket pair, a packet socket, another tap.
public struct DescriptorFarSide: FarSide {
  private static let longest = 1 << 18
  private let frames: ClosureFarSide

  /// Creates a far side over a non-blocking descriptor that stays the caller's.
  ///
  /// - Parameters:
  ///   - quiet: How long to wait, in milliseconds, for frames that are not to come.
  ///   - descriptor: The descriptor; asked each time, as a backend that is opened again may be at the
  ///     end of another link.
  public init(quiet: Int = 0, descriptor: @escaping @Sendable () throws(BenchError) -> Int32) {
    frames = ClosureFarSide(quiet: quiet) { frame throws(BenchError) in
      try Self.write(frame, to: try descriptor())
    } take: { milliseconds throws(BenchError) in
      try Self.read(from: try descriptor(), milliseconds: milliseconds)
    }
  }

  /// Puts one frame on the link.
  public func inject(_ frame: [UInt8]) throws(BenchError) { try frames.inject(frame) }

  /// Takes the frames that the backend has sent; waits for `count` of them.
  public func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    try frames.collect(count, deadline: deadline)
  }

  private static func write(_ frame: [UInt8], to descriptor: Int32) throws(BenchError) {
    let written = unsafe Glibc.write(descriptor, frame, frame.count)
    if written < 0 && [EAGAIN, ENOBUFS].contains(errno) {
      throw .unsupported("the link is full: it holds no frame of \(frame.count) bytes more")
    }
    guard written == frame.count else {
      throw .failed("the far side did not take a frame of \(frame.count) bytes (errno \(errno))")
    }
  }

  private static func read(
    from descriptor: Int32,
    milliseconds: Int
  ) throws(BenchError) -> [UInt8]? {
    guard
      SystemPoller().poll([descriptor], milliseconds: milliseconds)[0]
        .contains(.readable)
    else { return nil }
    var failure: Int32 = 0
    let frame = unsafe [UInt8](unsafeUninitializedCapacity: longest) { buffer, count in
      // The buffer holds `longest` bytes, and read stores no more than that.
      let length = unsafe Glibc.read(descriptor, buffer.baseAddress, longest)
      failure = length < 0 ? errno : 0
      count = max(0, length)
    }
    guard failure == 0 else { throw .failed("the far side cannot be read (errno \(failure))") }
    return frame
  }
}

/// A far side made of two closures: one puts a frame on the link, one takes a frame off it.
public struct ClosureFarSide: FarSide {
  private let put: @Sendable ([UInt8]) throws(BenchError) -> Void
  private let take: @Sendable (_ milliseconds: Int) throws(BenchError) -> [UInt8]?
  private let quiet: Int

  /// Creates a far side.
  ///
  /// - Parameters:
  ///   - quiet: How long to wait, in milliseconds, for frames beyond those that are awaited: none are
  ///     to come, and a backend that sends on a thread of its own needs a moment to be caught at it.
  ///   - inject: Puts one frame on the link for the backend to receive.
  ///   - take: Takes the oldest frame that the backend has sent; waits for one at most that many
  ///     milliseconds, and returns `nil` if there is none then.
  public init(
    quiet: Int = 0,
    inject: @escaping @Sendable ([UInt8]) throws(BenchError) -> Void,
    take: @escaping @Sendable (_ milliseconds: Int) throws(BenchError) -> [UInt8]?
  ) {
    self.quiet = quiet
    put = inject
    self.take = take
  }

  /// Puts one frame on the link.
  public func inject(_ frame: [UInt8]) throws(BenchError) { try put(frame) }

  /// Takes the frames that the backend has sent; waits for `count` of them.
  public func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    let lateness = Lateness()
    var frames: [FrameSummary] = []
    while true {
      let left = frames.count < count ? deadline - lateness.milliseconds : quiet
      guard let frame = try take(max(0, left)) else { return frames }
      frames.append(FrameSummary(frame))
    }
  }
}

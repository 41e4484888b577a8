public import NetBackend

/// The other end of the link.
public protocol FarSide: Sendable {
  /// Puts one frame on the link.
  func inject(_ frame: [UInt8]) throws(BenchError)

  /// Puts one frame on the link with an offload header that the kernel is to honour.
  func inject(_ frame: [UInt8], offload header: VirtioNetHeader) throws(BenchError)

  /// Takes the frames that the backend has sent, oldest first.
  ///
  /// Waits until there are `count` of them, or the deadline has passed.
  ///
  /// - Parameter deadline: The longest to wait, in milliseconds.
  func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary]

  /// Changes the link.
  func setLink(_ state: LinkState) throws(BenchError)
}

extension FarSide {
  /// Fails: the far side knows no offloads.
  public func inject(_ frame: [UInt8], offload header: VirtioNetHeader) throws(BenchError) {
    throw .unsupported("the far side cannot inject offload headers")
  }

  /// Fails: the link has no state.
  public func setLink(_ state: LinkState) throws(BenchError) {
    throw .unsupported("the link cannot be changed")
  }
}

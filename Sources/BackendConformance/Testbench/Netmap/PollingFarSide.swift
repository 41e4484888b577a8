internal import NetBackend

/// A far side whose arrivals are followed by a poll, as of an event loop that waits for them.
struct PollingFarSide: FarSide {
  let base: any FarSide
  /// Polls the descriptors of the backends.
  let poll: @Sendable () -> Void

  func inject(_ frame: [UInt8]) throws(BenchError) {
    try base.inject(frame)
    poll()
  }

  func inject(_ frame: [UInt8], offload header: VirtioNetHeader) throws(BenchError) {
    try base.inject(frame, offload: header)
    poll()
  }

  func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    try base.collect(count, deadline: deadline)
  }

  func setLink(_ state: LinkState) throws(BenchError) { try base.setLink(state) }
}

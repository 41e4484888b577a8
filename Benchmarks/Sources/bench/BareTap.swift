import CBaseline

/// A tap that is only read and written, by loops in C.
final class BareTap {
  let farSide: Int32
  private let descriptor: Int32
  private let withHeader: Bool

  init(_ name: String, mtu: Int32, withHeader: Bool) throws {
    self.withHeader = withHeader
    descriptor = unsafe baseline_open_tap(name, mtu, withHeader ? 1 : 0)
    try TapBenchmark.check(descriptor, "open \(name)")
    farSide = unsafe baseline_open_far_side(name)
    try TapBenchmark.check(farSide, "open the far side of \(name)")
  }

  /// The frame, with a header in front if the tap carries one.
  func buffers(_ frame: Buffers) -> Buffers { withHeader ? Buffers(headerAnd: frame) : frame }

  /// Writes a frame `count` times, and says whether all of it was taken.
  func send(_ buffers: Buffers, count: Int) -> Bool {
    let length = buffers.length + (withHeader ? 10 : 0)
    return unsafe baseline_send(descriptor, buffers.vector, buffers.count, count) == length * count
  }

  /// Reads frames until none is waiting, and says how many there were.
  func receive(_ buffers: Buffers) -> Int {
    unsafe baseline_receive(descriptor, buffers.vector, buffers.count)
  }
}

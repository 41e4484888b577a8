import BackendConformance
import CBaseline
import NetBackend
import Tap

/// A tap backend's send and receive, against bare loops of `writev` and `readv`.
///
/// Each has a tap of its own, in a network namespace of the process's own. The backend's tap carries a
/// vnet header, so that offloads can be negotiated; the bare loop's does too, but for the figures named
/// `plain`, which show what the header costs in the kernel.
final class TapBenchmark {
  /// What stops a benchmark, in words.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let mtu: Int32 = 65521
  /// The most frames that a tap keeps.
  private static let queueLength = 1000

  private let backend: TapBackend<LinuxTap>
  private let farSide: Int32
  private let bare: BareTap
  private let plain: BareTap

  init() throws {
    try Self.check(baseline_enter_namespace(), "enter a network namespace")
    let loop = SteppedLoop(poller: SystemPoller())
    backend = try TapBackend(OpenRequest(name: "tap0", loop: loop) {}, port: LinuxTap())
    try Self.check(unsafe baseline_configure("tap0", Self.mtu), "configure tap0")
    farSide = unsafe baseline_open_far_side("tap0")
    try Self.check(farSide, "open the far side")
    bare = try BareTap("tap1", mtu: Self.mtu, withHeader: true)
    plain = try BareTap("tap2", mtu: Self.mtu, withHeader: false)
  }

  deinit { backend.close() }

  func run(_ report: (String, Double, String) -> Void) {
    for length in [60, 1514, 9014, 65549] {
      report("tap/send/\(length)B", send(length, against: bare), "ratio")
      report("tap/send-plain/\(length)B", send(length, against: plain), "ratio")
    }
    // The longest frame that an MTU lets through to a tap is 65535 bytes.
    for length in [60, 1514, 9014, 65535] {
      report("tap/receive/\(length)B", receive(length, against: bare), "ratio")
      report("tap/receive-plain/\(length)B", receive(length, against: plain), "ratio")
    }
  }

  private func send(_ length: Int, against bare: BareTap) -> Double {
    let buffers = Buffers(length)
    let bareBuffers = bare.buffers(buffers)
    let rounds = length < 10_000 ? 2000 : 300
    return Measurement.ratio {
      for _ in 0..<rounds {
        let list = unsafe ScatterGatherList(unsafeElements: buffers.list)
        guard let sent = try? backend.send(list), sent == length else { return fail("send") }
      }
    } against: {
      if !bare.send(bareBuffers, count: rounds) { fail("writev") }
    }
  }

  private func receive(_ length: Int, against bare: BareTap) -> Double {
    let buffers = Buffers(length)
    let bareBuffers = bare.buffers(buffers)
    let frames = length < 10_000 ? Self.queueLength : 100
    let ratios = (0..<Measurement.pairs).map { index in
      // Each is filled right before it is drained: what was written last is still in the cache.
      let isFirst = index.isMultiple(of: 2)
      var ours = isFirst ? timeBackend(buffers, frames) : 0
      let bares = timeBare(bare, bareBuffers, buffers, frames)
      if !isFirst { ours = timeBackend(buffers, frames) }
      return bares / ours
    }
    return Measurement.median(ratios)
  }

  private func timeBackend(_ buffers: Buffers, _ frames: Int) -> Double {
    fill(farSide, buffers, frames)
    return Measurement.nanoseconds { drainBackend(buffers, frames) }
  }

  private func timeBare(
    _ bare: BareTap,
    _ bareBuffers: Buffers,
    _ buffers: Buffers,
    _ frames: Int
  ) -> Double {
    fill(bare.farSide, buffers, frames)
    return Measurement.nanoseconds { drain(bare, bareBuffers, frames) }
  }

  private func fill(_ farSide: Int32, _ buffers: Buffers, _ frames: Int) {
    let address = unsafe buffers.bytes.baseAddress.unsafelyUnwrapped
    let sent = unsafe baseline_inject(farSide, address, buffers.length, frames)
    if sent != frames { fail("inject") }
  }

  private func drain(_ bare: BareTap, _ buffers: Buffers, _ frames: Int) {
    if bare.receive(buffers) != frames { fail("readv") }
  }

  private func drainBackend(_ buffers: Buffers, _ frames: Int) {
    var received = 0
    let list = unsafe MutableScatterGatherList(unsafeElements: buffers.list)
    while let length = try? backend.receive(into: list), length == buffers.length { received += 1 }
    if received != frames { fail("receive") }
  }

  private func fail(_ what: String) { fatalError("\(what) did not move every frame") }

  static func check(_ result: Int32, _ what: String) throws {
    if result < 0 { throw Failure(description: "cannot \(what): errno \(-result)") }
  }
}

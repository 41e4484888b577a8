import BackendConformance
import CBaseline
import NetBackend
import Tap

/// A tap backend's send and receive, against bare loops of `writev` and `readv`.
///
/// Each has a tap of its own, in a network namespace of the process's own.
final class TapBenchmark {
  /// What stops a benchmark, in words.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let mtu: Int32 = 65521
  /// The most frames that a tap keeps.
  private static let queueLength = 1000

  private let backend: TapBackend<LinuxTap>
  private let bareTap: Int32
  private let farSides: (backend: Int32, bare: Int32)

  init() throws {
    try Self.check(baseline_enter_namespace(), "enter a network namespace")
    let loop = SteppedLoop(poller: SystemPoller())
    backend = try TapBackend(OpenRequest(name: "tap0", loop: loop) {}, port: LinuxTap())
    try Self.check(baseline_configure("tap0", Self.mtu), "configure tap0")
    bareTap = baseline_open_tap("tap1", Self.mtu)
    try Self.check(bareTap, "open tap1")
    farSides = (baseline_open_far_side("tap0"), baseline_open_far_side("tap1"))
    try Self.check(min(farSides.backend, farSides.bare), "open the far sides")
  }

  deinit { backend.close() }

  func run(_ report: (String, Double, String) -> Void) {
    for length in [60, 1514, 9014, 65549] {
      report("tap/send/\(length)B", send(length), "ratio")
    }
    // The longest frame that an MTU lets through to a tap is 65535 bytes.
    for length in [60, 1514, 9014, 65535] {
      report("tap/receive/\(length)B", receive(length), "ratio")
    }
  }

  private func send(_ length: Int) -> Double {
    let buffers = Buffers(length)
    let rounds = length < 10_000 ? 2000 : 300
    return Measurement.ratio {
      for _ in 0..<rounds {
        let list = unsafe ScatterGatherList(unsafeElements: buffers.list)
        guard let sent = try? backend.send(list), sent == length else { return fail("send") }
      }
    } against: {
      let sent = unsafe baseline_send(bareTap, buffers.vector, buffers.count, rounds)
      if sent != length * rounds { fail("writev") }
    }
  }

  private func receive(_ length: Int) -> Double {
    let buffers = Buffers(length)
    let frames = length < 10_000 ? Self.queueLength : 100
    let ratios = (0..<Measurement.pairs).map { _ in
      fill(buffers, frames)
      let bare = Measurement.nanoseconds { drainBare(buffers, frames) }
      return bare / Measurement.nanoseconds { drainBackend(buffers, frames) }
    }
    return Measurement.median(ratios)
  }

  private func fill(_ buffers: Buffers, _ frames: Int) {
    for farSide in [farSides.backend, farSides.bare] {
      let address = unsafe buffers.bytes.baseAddress.unsafelyUnwrapped
      let sent = unsafe baseline_inject(farSide, address, buffers.length, frames)
      if sent != frames { fail("inject") }
    }
  }

  private func drainBare(_ buffers: Buffers, _ frames: Int) {
    let received = unsafe baseline_receive(bareTap, buffers.vector, buffers.count)
    if received != frames { fail("readv") }
  }

  private func drainBackend(_ buffers: Buffers, _ frames: Int) {
    var received = 0
    let list = unsafe MutableScatterGatherList(unsafeElements: buffers.list)
    while let length = try? backend.receive(into: list), length == buffers.length { received += 1 }
    if received != frames { fail("receive") }
  }

  private func fail(_ what: String) { fatalError("\(what) did not move every frame") }

  private static func check(_ result: Int32, _ what: String) throws {
    if result < 0 { throw Failure(description: "cannot \(what): errno \(-result)") }
  }
}

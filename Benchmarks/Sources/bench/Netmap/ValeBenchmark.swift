import BackendConformance
import CBaseline
import Netmap
import RingMemory
import SystemPackage

/// Unicast frames through the VALE switch, beside the cost of their copies alone.
///
/// Half of the ring is published by writing lengths, then synced; the receiving port releases what came.
/// What is measured is the switch: no frame is written or read by a program.
final class ValeBenchmark {
  private static let pairs = 41
  private static let slots = 1024
  /// About how many frames one side of a pair is.
  private static let frames = 16_384

  static func run(_ report: (String, Double, String) -> Void) throws {
    for length in [60, 1514] {
      for ports in [2, 8, 64] {
        let benchmark = try ValeBenchmark(length, ports: ports, slots: slots)
        benchmark.measure("vale/forward/\(length)B/\(ports)ports", report)
      }
      for slots in [64, 256, 4096, 16384, 65536] {
        let benchmark = try ValeBenchmark(length, ports: 2, slots: slots)
        benchmark.measure("vale/forward/\(length)B/\(slots)slots", report)
      }
    }
  }

  private let kernel: SimulatedNetmapKernel
  private let ports: [BoundPort]
  private let length: Int
  /// How many frames are under way at once.
  private let batch: Int
  /// Where the copies alone go on.
  private var position: UInt32 = 0

  private init(_ length: Int, ports count: Int, slots: Int) throws {
    self.length = length
    batch = min(slots / 2, 512)
    let kernel = SimulatedNetmapKernel(slotLimit: max(4096, slots))
    self.kernel = kernel
    ports = try (0..<count).map { try BoundPort(kernel, "vale0:\($0)", slots: slots) }
    for (number, port) in ports.enumerated() {
      // Everybody is heard once, so that the switch knows where the addresses are.
      port.write(length, from: number, to: (number + 1) % count)
      port.publish(1, length)
      try port.syncTransmit()
    }
    try receiveAll()
    ports[0].write(length, from: 0, to: 1)
    // Once round, so that all of the memory is there.
    copy(slots / batch)
  }

  private func measure(_ name: String, _ report: (String, Double, String) -> Void) {
    let rounds = max(1, Self.frames / batch)
    var times: [Double] = []
    let ratio = Measurement.ratio(pairs: Self.pairs) {
      times.append(Measurement.nanoseconds { forward(rounds) } / Double(rounds * batch))
    } against: {
      copy(rounds)
    }
    report(name, 1e9 / Measurement.median(times), "frames/s")
    report(name, ratio, "ratio")
  }

  private func forward(_ rounds: Int) {
    for _ in 0..<rounds {
      ports[0].publish(batch, length)
      guard (try? ports[0].syncTransmit()) != nil, (try? ports[1].receive()) == batch else {
        fatalError("the switch did not forward every frame")
      }
    }
  }

  /// Copies between the buffers that the switch copies between, round the ring as it does, in a loop
  /// without anything else.
  private func copy(_ rounds: Int) {
    let (source, target) = (ports[0].transmitRing, ports[1].receiveRing)
    for _ in 0..<rounds {
      // Both rings have that many slots, and their buffers lie one behind the other.
      unsafe baseline_netmap_copy(
        source.buffer(source[position].bufferIndex),
        target.buffer(target[position].bufferIndex),
        source.bufferSize,
        length,
        batch
      )
      position = (position + UInt32(batch)) % source.slotCount
    }
  }

  private func receiveAll() throws { for port in ports { _ = try port.receive() } }
}

import BackendConformance
import CBaseline
import NetBackend
import Netmap

/// The netmap backend's calls, against bhyve's algorithm in C on the same rings.
///
/// Both sides make one call a frame, which is not inlined into the loop, and both call the same
/// function for a sync. The rings have as many slots as the kernel's, up to a multiple of a frame's.
final class NetmapBenchmark {
  private static let bufferSize = 2048
  private static let slots = 1024
  /// How long one of the two sides runs in each pair, in bytes and frames.
  private static let bytes = 4_000_000
  private static let frames = 10_000
  private static let pairs = 101

  static func run(_ report: (String, Double, String) -> Void) throws {
    for length in [60, 1514, 9000, 65535] {
      let benchmark = try NetmapBenchmark(length)
      report("netmap/peek/\(length)B", benchmark.peek(), "ratio")
      for elements in [1, 2, 8] {
        let buffers = Buffers(length, elements: elements)
        let name = "\(length)B/\(elements)element\(elements == 1 ? "" : "s")"
        report("netmap/send/" + name, benchmark.send(buffers), "ratio")
        report("netmap/receive/" + name, benchmark.receive(buffers), "ratio")
        report("netmap/" + name, benchmark.exchange(buffers), "ratio")
      }
    }
  }

  private let backend: NetmapBackend<LoopbackNetmap>
  private let length: Int
  private let rounds: Int
  /// The most frames that wait at once.
  private let batch: Int

  private init(_ length: Int) throws {
    let fragments = (length + Self.bufferSize - 1) / Self.bufferSize
    let port = LoopbackNetmap(
      slots: Self.slots / fragments * fragments,
      bufferSize: Self.bufferSize
    )
    let loop = SteppedLoop(poller: SystemPoller())
    backend = try NetmapBackend(OpenRequest(name: "netmap:loop0", loop: loop) {}, port: port)
    self.length = length
    rounds = min(Self.frames, Self.bytes / length)
    batch = baseline_netmap_prepare(LoopbackNetmap.descriptor, length)
  }

  private func send(_ buffers: Buffers) -> Double {
    ratio { [rounds, length] in
      var bytes = 0
      for _ in 0..<rounds { bytes += backend.sendFrame(buffers) }
      check(bytes, rounds * length)
    } against: { [rounds, length] in
      check(
        unsafe baseline_netmap_send(
          LoopbackNetmap.descriptor,
          buffers.vector,
          buffers.count,
          rounds
        ),
        rounds * length
      )
    }
  }

  private func peek() -> Double {
    baseline_netmap_arrive(LoopbackNetmap.descriptor, 1)
    defer { consume(try? backend.discard()) }
    return ratio { [length] in
      var bytes = 0
      for _ in 0..<Self.frames { bytes += backend.peekFrame() }
      check(bytes, Self.frames * length)
    } against: { [length] in
      check(
        baseline_netmap_peek(LoopbackNetmap.descriptor, Self.frames),
        Self.frames * length
      )
    }
  }

  private func receive(_ buffers: Buffers) -> Double {
    inBatches { frames in
      var bytes = 0
      for _ in 0..<frames { bytes += backend.receiveFrame(buffers) }
      return bytes
    } against: { frames in
      unsafe baseline_netmap_receive(
        LoopbackNetmap.descriptor,
        buffers.vector,
        buffers.count,
        frames
      )
    }
  }

  private func exchange(_ buffers: Buffers) -> Double {
    let ratio = inBatches { frames in
      var bytes = 0
      for _ in 0..<frames {
        bytes += backend.sendFrame(buffers)
        if backend.peekFrame() > 0 { bytes += backend.receiveFrame(buffers) }
      }
      return bytes / 2
    } against: { frames in
      unsafe baseline_netmap_exchange(
        LoopbackNetmap.descriptor,
        buffers.vector,
        buffers.count,
        frames
      ) / 2
    }
    return ratio
  }

  /// Times two sides that consume frames, as many at a time as the ring holds.
  private func inBatches(
    _ subject: (Int) -> Int,
    against baseline: (Int) -> Int
  ) -> Double {
    let batches = max(1, rounds / batch)
    func run(_ consume: (Int) -> Int) {
      for _ in 0..<batches {
        baseline_netmap_arrive(LoopbackNetmap.descriptor, batch)
        check(consume(batch), batch * length)
      }
    }
    return ratio {
      run(subject)
    } against: {
      run(baseline)
    }
  }

  private func ratio(_ subject: () -> Void, against baseline: () -> Void) -> Double {
    Measurement.ratio(pairs: Self.pairs, subject, against: baseline)
  }

  private func check(_ bytes: Int, _ expected: Int) {
    if bytes != expected { fatalError("\(bytes) bytes instead of \(expected)") }
  }
}

extension NetmapBackend where Port == LoopbackNetmap {
  /// Sends one frame; -1 if it was not sent.
  fileprivate func sendFrame(_ buffers: Buffers) -> Int {
    let list = unsafe ScatterGatherList(unsafeElements: buffers.list)
    return (try? send(list)) ?? -1
  }

  /// The length of the next frame; -1 if there is none.
  fileprivate func peekFrame() -> Int { (try? peekLength()) ?? -1 }

  /// Receives one frame; -1 if there is none.
  fileprivate func receiveFrame(_ buffers: Buffers) -> Int {
    let list = unsafe MutableScatterGatherList(unsafeElements: buffers.list)
    return (try? receive(into: list)) ?? -1
  }
}

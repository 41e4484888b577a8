import Foundation
import Netmap
import RingMemory
import Synchronization
import Testing

@Suite("Two threads at one simulated kernel")
struct ThreadTests {
  /// Hands a bound port to two threads, each of which uses one direction of it.
  ///
  /// Sendable is unchecked: the two directions have nothing in common but addresses.
  private struct Shared: @unchecked Sendable {
    let port: BoundPort
  }

  @Test("one thread sends from both ends, another receives at both", arguments: ["vale0", "pipe"])
  func useDirections(_ kind: String) throws {
    let kernel = SimulatedNetmapKernel()
    let names = kind == "pipe" ? ["x{1", "x}1"] : ["vale0:a", "vale0:b"]
    let ends = try names.map {
      Shared(port: try BoundPort(kernel, $0, transmitSlots: 64, receiveSlots: 64))
    }
    let sent = Atomic(0)
    let received = Atomic(0)
    let isDone = Atomic(false)
    DispatchQueue.concurrentPerform(iterations: 2) { (thread) in
      if thread == 0 {
        for number in 0..<3000 {
          let port = ends[number % 2].port
          if port.transmitRing.head == port.transmitRing.tail {
            try? port.syncTransmit()
          } else if (try? port.send(Sample.frame(60 + number % 40))) != nil {
            sent.add(1, ordering: .relaxed)
          }
        }
        isDone.store(true, ordering: .releasing)
      } else {
        var wasDone = false
        while !wasDone {
          wasDone = isDone.load(ordering: .acquiring)
          for end in ends {
            _ = kernel.poll(end.port.descriptor, for: .readable)
            received.add((try? end.port.take())?.count ?? 0, ordering: .relaxed)
          }
        }
      }
    }
    let missed = try kernel.portNames.reduce(0) { try $0 + kernel.counters(of: $1).missed }
    #expect(received.load(ordering: .relaxed) > 0)
    #expect(received.load(ordering: .relaxed) + Int(missed) == sent.load(ordering: .relaxed))
  }
}

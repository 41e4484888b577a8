internal import Netmap
internal import SystemPackage

/// The wire that a simulated network card is plugged into.
struct NetmapWire: FarSide {
  let kernel: SimulatedNetmapKernel
  let card: String

  func inject(_ frame: [UInt8]) throws(BenchError) {
    do throws(Errno) { try kernel.inject(frame, into: card) } catch {
      throw .failed("inject into \(card): \(error)")
    }
  }

  func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    kernel.takeSent(from: card).map { FrameSummary($0.bytes) }
  }
}

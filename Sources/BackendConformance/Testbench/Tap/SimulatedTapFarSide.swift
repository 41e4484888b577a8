internal import NetBackend
internal import SystemPackage
internal import Tap

/// The host's side of a simulated tap.
struct SimulatedTapFarSide: FarSide {
  let kernel: SimulatedTapKernel
  let interface: String

  func inject(_ frame: [UInt8]) throws(BenchError) {
    try inject(SimulatedTapFrame(frame))
  }

  func inject(_ frame: [UInt8], offload header: VirtioNetHeader) throws(BenchError) {
    try inject(SimulatedTapFrame(frame, header: header))
  }

  private func inject(_ frame: SimulatedTapFrame) throws(BenchError) {
    do throws(Errno) {
      try kernel.inject(frame, into: interface)
    } catch  where error == .networkDown {
      // Lost, as on a wire that nobody is at the end of: whether it should be is for the script to say.
    } catch { throw .failed("inject into \(interface): \(error)") }
  }

  func collect(_ count: Int, deadline: Int) throws(BenchError) -> [FrameSummary] {
    kernel.collect(from: interface).map { FrameSummary($0.bytes) }
  }

  func setLink(_ state: LinkState) throws(BenchError) {
    do throws(Errno) {
      switch state {
      case .up: try kernel.setLink(interface, up: true)
      case .down: try kernel.setLink(interface, up: false)
      case .removed: try kernel.removeInterface(interface)
      }
    } catch { throw .failed("set \(interface) \(state): \(error)") }
  }
}

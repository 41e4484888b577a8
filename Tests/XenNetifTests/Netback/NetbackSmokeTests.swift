import Testing
import XenNetif

@Suite struct NetbackSmokeTests {
  @Test func movesAFrameEachWay() throws {
    let bench = try NetbackBench()
    #expect(bench.frontend.backendState == .connected)
    #expect(bench.netback.hasCarrier)
    let frame = (0..<60).map { UInt8($0) }
    try bench.frontend.transmit.put(frame)
    bench.frontend.transmit.publish()
    bench.loop.settle()
    #expect(try bench.receiveAll() == [frame])
    try bench.post(4)
    #expect(try bench.send(frame) == 60)
    #expect(bench.frontend.receive.takeFrames().map(\.bytes) == [frame])
    #expect(bench.frontend.violations.isEmpty)
  }
}

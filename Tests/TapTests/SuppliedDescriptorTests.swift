import CallScript
import NetBackend
import SystemPackage
import Tap
import Testing

@Suite struct SuppliedDescriptorTests {
  @Test("A descriptor that was handed over is made non-blocking and private before it is watched")
  func adopted() throws {
    let bench = TapBench()
    let descriptor = try bench.supply(headerLength: 20)
    let backend = try bench.open("tap9", descriptor: descriptor)
    #expect(backend.interface == "tap0")
    #expect(bench.script.ledger.watchedBlocking == 0)
    #expect(bench.script.ledger.inherited == 0)
    #expect(try bench.kernel.headerLength("tap0") == 10)
    #expect(bench.script.count(of: .open) == 0)
    backend.close()
    #expect(bench.kernel.openDescriptors.isEmpty)
    #expect(bench.script.ledger.closedTwice == 0)
  }

  @Test(
    "A descriptor of the wrong mode is refused and left open",
    arguments: [
      [TapFlags.tun, .noProtocolInformation, .vnetHeader], [TapFlags.tap, .vnetHeader],
    ]
  )
  func wrongMode(flags: [TapFlags]) throws {
    let bench = TapBench()
    let descriptor = try bench.supply(flags: TapFlags(flags))
    let failure = reason { () throws(BackendError) in
      _ = try bench.open("tap0", descriptor: descriptor)
    }
    #expect(failure == .wrongDevice)
    #expect(bench.kernel.openDescriptors == [descriptor])
    #expect(try bench.kernel.port.descriptorFlags(descriptor) == [])
  }

  @Test("A descriptor that is attached to nothing, or not open, is refused")
  func unattached() throws {
    let bench = TapBench()
    for descriptor in [try bench.kernel.port.openControl(), 99] {
      let failure = reason { () throws(BackendError) in
        _ = try bench.open("tap0", descriptor: descriptor)
      }
      #expect(failure == .wrongDevice)
    }
  }

  @Test("A step that fails leaves the descriptor its owner's", arguments: 0..<9)
  func failingStep(step: Int) throws {
    let bench = TapBench()
    let descriptor = try bench.supply()
    bench.script.add(CallFault(nil, after: step, .fails(.ioError)))
    let failure = reason { () throws(BackendError) in
      _ = try bench.open("tap0", descriptor: descriptor)
    }
    #expect(failure != nil)
    #expect(bench.kernel.openDescriptors == [descriptor])
  }

  @Test("A descriptor without vnet header offers nothing and carries plain frames")
  func withoutHeader() throws {
    let bench = TapBench()
    let descriptor = try bench.supply(flags: [.tap, .noProtocolInformation])
    let backend = try bench.open("tap0", descriptor: descriptor)
    #expect(try backend.offeredFeatures() == [])
    #expect(
      reason { () throws(BackendError) in try backend.setFeatures([], headerLength: 10) }
        == .unsupportedHeaderLength
    )
    try bench.inject(frame(60))
    #expect(try backend.receiveFrame() == frame(60))
  }
}

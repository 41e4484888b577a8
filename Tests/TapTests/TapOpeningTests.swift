import CallScript
import NetBackend
import SystemPackage
import Tap
import Testing

@Suite struct TapOpeningTests {
  @Test("Opening makes these calls in this order, and watches last")
  func order() throws {
    let bench = TapBench()
    let backend = try bench.open()
    let calls: [CallRecordEntry] = [
      .call(SystemCall(.open, result: 3)),
      .call(SystemCall(.getFeatures, on: 3, result: Int(TapFlags.everyFlag.rawValue))),
      .call(SystemCall(.setInterface, on: 3, argument: 0x5002)),
      .call(SystemCall(.setHeaderLength, on: 3, argument: 10)),
      .call(SystemCall(.setOffloads, on: 3, argument: 0x7F)),
      .call(SystemCall(.setOffloads, on: 3, argument: 0)),
      .call(SystemCall(.socket, result: 4)),
      .call(SystemCall(.getInterfaceFlags, on: 4)),
      .call(SystemCall(.setInterfaceFlags, on: 4, argument: 1)),
      .call(SystemCall(.close, on: 4)),
      .loop(.watched, descriptor: 3),
    ]
    #expect(bench.script.takeEntries() == calls)
    #expect(backend.interface == "tap0")
    #expect(backend.headerLength == 0)
    #expect(bench.script.ledger.watchedBlocking == 0)
    #expect(bench.script.ledger.inherited == 0)
  }

  @Test("A step that fails releases what was acquired", arguments: 0..<10)
  func failingStep(step: Int) throws {
    let bench = TapBench()
    bench.script.add(CallFault(nil, after: step, .fails(.ioError)))
    let failure = reason { () throws(BackendError) in _ = try bench.open() }
    // The last call closes the socket, whose failure changes nothing.
    #expect(failure == (step == 9 ? nil : .system))
    if step < 9 {
      #expect(bench.script.ledger.open.isEmpty)
      #expect(bench.kernel.openDescriptors.isEmpty)
      #expect(bench.kernel.interfaceNames == ["lo"])
    }
    #expect(bench.script.ledger.closedTwice == 0)
  }

  @Test("A loop that refuses the descriptor leaves nothing open")
  func refusedByLoop() {
    let refusal = BackendError(.system, call: "watch", subject: "tap0")
    let bench = TapBench(refusal: refusal)
    #expect(throws: refusal) { try bench.open() }
    #expect(bench.kernel.openDescriptors.isEmpty)
  }

  @Test(
    "A name that is none is refused before any call",
    arguments: ["", "tap0123456789012", "tap/0", "tap 0", ".", "..", "tap:0", "tap\u{0}"]
  )
  func badName(name: String) {
    let bench = TapBench()
    #expect(reason { () throws(BackendError) in _ = try bench.open(name) } == .invalidName)
    #expect(bench.script.takeEntries().isEmpty)
  }

  @Test("A pattern becomes a name, which is read back")
  func pattern() throws {
    let bench = TapBench()
    let first = try bench.open("tap%d")
    let second = try bench.open("tap%d")
    #expect([first.interface, second.interface] == ["tap0", "tap1"])
    #expect(try bench.open("tap0123456789ab").interface == "tap0123456789ab")
  }

  @Test(
    "An errno of attaching has a reason, and the error names the interface",
    arguments: [
      (Errno.resourceBusy, BackendError.Reason.busy), (.invalidArgument, .wrongDevice),
      (.notPermitted, .notPermitted), (.permissionDenied, .notPermitted), (.ioError, .system),
    ]
  )
  func attachFailure(errno: Errno, reason: BackendError.Reason) {
    let bench = TapBench()
    bench.script.add(CallFault(.setInterface, .fails(errno)))
    let error = BackendError(
      reason,
      call: "TUNSETIFF",
      subject: "tap0",
      errno: errno.rawValue
    )
    #expect(throws: error) { try bench.open() }
  }

  @Test("Without the control device a tap is unavailable")
  func noDevice() {
    let bench = TapBench()
    bench.script.add(CallFault(.open, .fails(.noSuchFileOrDirectory)))
    #expect(reason { () throws(BackendError) in _ = try bench.open() } == .unavailable)
  }

  @Test("A tap that is attached elsewhere is busy, one for several queues is the wrong device")
  func busy() throws {
    let bench = TapBench()
    let first = try bench.open()
    #expect(reason { () throws(BackendError) in _ = try bench.open() } == .busy)
    try bench.kernel.createInterface("tap1", flags: [.tap, .noProtocolInformation, .multiQueue])
    #expect(reason { () throws(BackendError) in _ = try bench.open("tap1") } == .wrongDevice)
    #expect(bench.kernel.openDescriptors == [first.descriptorNumber])
  }

  @Test("What an earlier owner left is set anew")
  func priorState() throws {
    let bench = TapBench()
    try bench.kernel.createInterface("tap0", headerLength: 20, offloads: [.checksum, .tcp4])
    _ = try bench.open()
    #expect(try bench.kernel.headerLength("tap0") == 10)
    #expect(try bench.kernel.offloads("tap0") == [])
  }

  @Test("An interface that is up stays as it is")
  func alreadyUp() throws {
    let bench = TapBench()
    try bench.kernel.createInterface("tap0")
    try bench.kernel.setLink("tap0", up: true)
    _ = try bench.open()
    #expect(bench.script.count(of: .setInterfaceFlags) == 0)
  }

  @Test("A kernel without vnet headers gives a tap without, which offers nothing")
  func withoutHeader() throws {
    let kernel = SimulatedTapKernel(features: [.tap, .noProtocolInformation])
    let bench = TapBench(kernel)
    let backend = try bench.open()
    #expect(try backend.offeredFeatures() == [])
    #expect(bench.script.count(of: .setHeaderLength) == 0)
    try bench.inject(frame(60))
    #expect(try backend.receiveFrame() == frame(60))
    #expect(try backend.send(frame(61)) == 61)
    #expect(bench.collect() == [frame(61)])
  }
}

extension TapBackend {
  /// The descriptor that a fresh backend has: the first one.
  fileprivate var descriptorNumber: Int32 { 3 }
}

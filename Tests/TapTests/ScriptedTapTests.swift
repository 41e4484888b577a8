import CallScript
import NetBackend
import SystemPackage
import Tap
import Testing

@Suite struct ScriptedTapTests {
  @Test("Faults of one call come one after another")
  func faultsInOrder() throws {
    let script = CallScript()
    let port = ScriptedTap(SimulatedTapKernel().port, script: script)
    script.add(CallFault(.open, after: 1, times: 2, .fails(.ioError)))
    script.add(CallFault(.open, .fails(.noSuchFileOrDirectory)))
    let results = (0..<6).map { _ in try? port.openControl() }
    #expect(results == [nil, 3, nil, nil, 4, 5])
    #expect(script.pendingFaults.isEmpty)
    #expect(script.takeCalls().map(\.result) == [-2, 3, -5, -5, 4, 5])
  }

  @Test("A read finds the frame it is told to, behind the device's header")
  func finds() throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: 12)
    bench.serve(frame(60))
    #expect(try backend.receiveFrame()?.count == 72)
    #expect(bench.script.takeCalls().last?.result == 72)
  }

  @Test("Counting keeps the numbers and no record")
  func counting() throws {
    let bench = TapBench()
    let backend = try bench.open()
    bench.script.detail = .count
    _ = bench.script.takeEntries()
    for _ in 0..<1000 { _ = try backend.send(frame(60)) }
    #expect(bench.script.takeEntries().isEmpty)
    #expect(bench.script.count(of: .write) == 1000)
  }

  @Test("The ledger sees a descriptor closed twice, and one closed while it was watched")
  func ledger() throws {
    let bench = TapBench()
    let descriptor = try bench.port.openControl()
    bench.port.note(.watched, descriptor)
    try bench.port.close(descriptor)
    #expect(throws: Errno.badFileDescriptor) { try bench.port.close(descriptor) }
    #expect(bench.script.ledger.closedWatched == 1)
    #expect(bench.script.ledger.closedTwice == 1)
    let blocking = try bench.supply()
    bench.port.note(.watched, blocking)
    #expect(bench.script.ledger.watchedBlocking == 1)
    #expect(bench.script.ledger.inherited == 1)
  }

  @Test("No two calls have the same name")
  func names() {
    #expect(Set(CallName.tapCalls).count == CallName.tapCalls.count)
  }

  @Test("The script works around the real system calls alike")
  func aroundLinux() throws {
    let port = ScriptedTap(LinuxTap())
    let socket = try port.openSocket()
    #expect(try port.descriptorFlags(socket) == .closeOnExec)
    try port.setNonBlocking(socket)
    #expect(try port.descriptorFlags(socket) == [.closeOnExec, .nonBlocking])
    #expect(throws: Errno.operationNotSupportedByDevice) {
      try port.interfaceFlags(socket, of: "none0")
    }
    try port.close(socket)
    #expect(throws: Errno.badFileDescriptor) { try port.close(socket) }
    #expect(port.script.ledger.closedTwice == 1)
    #expect(port.script.ledger.open.isEmpty)
  }
}

import CallScript
import NetBackend
import SystemPackage
import Tap
import Testing

@Suite struct TapReadFailureTests {
  /// The three calls that read.
  enum Reading: CaseIterable, Sendable {
    case peek, receive, discard

    func run(_ backend: any NetBackend) throws(BackendError) -> Int? {
      switch self {
      case .peek: try backend.peekLength()
      case .receive: try backend.receive(2048)?.length
      case .discard: try backend.discard()
      }
    }
  }

  @Test("Would-block is nothing, and an interrupted read is repeated", arguments: Reading.allCases)
  func transient(reading: Reading) throws {
    let bench = TapBench()
    let backend = try bench.open()
    try bench.inject(frame(60))
    bench.script.add(CallFault(.read, .fails(.wouldBlock)))
    #expect(try reading.run(backend) == nil)
    bench.script.add(CallFault(.read, times: 2, .fails(.interrupted)))
    #expect(try reading.run(backend) == 60)
  }

  @Test(
    "An errno of reading has a reason, and leaves nothing behind",
    arguments: [
      (Errno.hostIsDown, BackendError.Reason.linkDown), (.ioError, .system),
      (.invalidArgument, .system), (Errno(rawValue: 77), .disconnected),
      (.noSuchAddressOrDevice, .disconnected), (.operationNotSupportedByDevice, .disconnected),
      (.badFileDescriptor, .disconnected), (.badAddress, .system),
    ],
    Reading.allCases
  )
  func failure(fault: (Errno, BackendError.Reason), reading: Reading) throws {
    let bench = TapBench()
    let backend = try bench.open()
    try bench.inject(frame(60))
    bench.script.add(CallFault(.read, .fails(fault.0)))
    let error = BackendError(
      fault.1,
      call: "readv",
      subject: "tap0",
      errno: fault.0.rawValue
    )
    #expect(throws: error) { try reading.run(backend) }
    #expect(try reading.run(backend) == 60)
  }

  @Test(
    "The end of the file is no silence: it throws, and callbacks stop",
    arguments: Reading.allCases
  )
  func endOfFile(reading: Reading) throws {
    let bench = TapBench()
    let backend = try bench.open {}
    backend.enableReceive()
    try bench.inject(frame(60))
    #expect(bench.loop.turn() == 1)
    bench.script.add(CallFault(.read, times: 3, .returns(0)))
    for _ in 0..<3 {
      #expect(reason { () throws(BackendError) in _ = try reading.run(backend) } == .disconnected)
    }
    #expect(bench.loop.turn() == 0)
    #expect(try reading.run(backend) == 60)
    _ = try backend.discard()
    try bench.inject(frame(61))
    #expect(bench.loop.turn() == 1)
  }

  @Test("A device that is gone stops the callbacks")
  func removed() throws {
    let bench = TapBench()
    let backend = try bench.open()
    backend.enableReceive()
    try bench.kernel.removeInterface("tap0")
    #expect(bench.loop.turn() == 1)
    #expect(reason { () throws(BackendError) in _ = try backend.peekLength() } == .disconnected)
    #expect(reason { () throws(BackendError) in _ = try backend.send(frame(60)) } == .disconnected)
    #expect(bench.loop.turn() == 0)
    backend.close()
    #expect(bench.kernel.openDescriptors.isEmpty)
  }

  @Test("A device that comes back does not call a backend that was disabled meanwhile")
  func disabledMeanwhile() throws {
    let bench = TapBench()
    let backend = try bench.open()
    backend.enableReceive()
    bench.script.add(CallFault(.read, .returns(0)))
    _ = try? backend.peekLength()
    backend.disableReceive()
    try bench.inject(frame(60))
    #expect(try backend.peekLength() == 60)
    #expect(bench.loop.turn() == 0)
  }
}

import CallScript
import NetBackend
import SystemPackage
import Tap
import Testing

@Suite struct TapSendTests {
  @Test("A frame is sent whole in one call, however it is split", arguments: [0, 10, 12])
  func split(header: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: header)
    let bytes = [UInt8](repeating: 0, count: header) + frame(200)
    for cut in 0...bytes.count {
      let calls = bench.script.count(of: .write)
      #expect(try backend.send(Array(bytes[..<cut]), [], Array(bytes[cut...])) == bytes.count)
      #expect(bench.script.count(of: .write) == calls + 1)
      #expect(bench.collect() == [frame(200)])
    }
  }

  @Test("The header reaches the device as the caller wrote it", arguments: [10, 12])
  func header(length: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: length)
    var header = VirtioNetHeader()
    header.flags = .needsChecksum
    (header.checksumStart, header.checksumOffset) = (34, 6)
    #expect(try backend.send(header.encoded(length: length), frame(60)) == length + 60)
    let sent = bench.kernel.collect(from: "tap0")
    #expect(sent == [SimulatedTapFrame(frame(60), header: header)])
  }

  @Test("A list longer than a system call takes is sent in one piece", arguments: [0, 10])
  func manyElements(header: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: header)
    let bytes = [UInt8](repeating: 0, count: header) + frame(60)
    for count in [1000, 1022, 1023, 1024, 1025, 3000] {
      let pieces = Array(repeating: [UInt8](), count: count - 1) + [bytes]
      #expect(try TestBuffers(holding: pieces).send(to: backend) == bytes.count)
      #expect(bench.collect() == [frame(60)])
    }
    let single = (bytes + frame(1400)).map { [$0] }
    #expect(try TestBuffers(holding: single).send(to: backend) == single.count)
    #expect(bench.collect().map(\.count) == [60 + 1400])
  }

  @Test("The longest frame passes, a longer one is refused without a call")
  func longest() throws {
    let bench = TapBench()
    let backend = try bench.open()
    let limit = 65_536 + 128
    #expect(try backend.send(frame(limit)) == limit)
    #expect(bench.collect().map(\.count) == [limit])
    let calls = bench.script.count(of: .write)
    let failure = reason { () throws(BackendError) in _ = try backend.send(frame(limit + 1)) }
    #expect(failure == .frameTooLong(maximum: limit))
    #expect(bench.script.count(of: .write) == calls)
  }

  @Test(
    "Absurd lengths are refused without looking at the memory",
    arguments: [[UInt.max], [1 << 63], [1 << 62, 1 << 62], [UInt.max, UInt.max], [2 << 31]]
  )
  func absurd(lengths: [UInt]) throws {
    let backend = try TapBench().open()
    let failure = reason { () throws(BackendError) in
      _ = try TestBuffers(lengths, backed: 64).send(to: backend)
    }
    #expect(failure == .frameTooLong(maximum: 65_664))
  }

  @Test(
    "A frame without bytes, or without its Ethernet header, is refused",
    arguments: [0, 10, 12]
  )
  func short(header: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: header)
    let bytes = [UInt8](repeating: 0, count: header) + frame(14)
    for length in 0..<header + 14 {
      let failure = reason { () throws(BackendError) in
        _ = try backend.send(Array(bytes.prefix(length)))
      }
      #expect(failure == (length == 0 ? .emptyFrame : .frameTooShort(minimum: header + 14)))
    }
    #expect(try backend.send(bytes) == header + 14)
    #expect(bench.collect() == [frame(14)])
    #expect(bench.script.count(of: .write) == 1)
  }

  @Test(
    "No room now is no error, is counted, and does not last",
    arguments: [Errno.wouldBlock, .noBufferSpace]
  )
  func noRoom(errno: Errno) throws {
    let bench = TapBench()
    let backend = try bench.open()
    bench.script.add(CallFault(.write, times: 100, .fails(errno)))
    for _ in 0..<100 { #expect(try backend.send(frame(60)) == nil) }
    #expect(try backend.send(frame(60)) == 60)
    #expect(backend.drops.sendNoRoom == 100)
    #expect(backend.drops.sendFailed == 0)
    #expect(bench.script.count(of: .write) == 101)
  }

  @Test("A call that a signal interrupted is made again")
  func interrupted() throws {
    let bench = TapBench()
    let backend = try bench.open()
    bench.script.add(CallFault(.write, times: 2, .fails(.interrupted)))
    #expect(try backend.send(frame(60)) == 60)
    #expect(bench.collect() == [frame(60)])
  }

  @Test("A frame written in part is dropped, and the rest never sent", arguments: [0, 1, 69, 71])
  func partly(written: Int) throws {
    let bench = TapBench()
    let backend = try bench.open()
    bench.script.add(CallFault(.write, .returns(written)))
    let failure = reason { () throws(BackendError) in _ = try backend.send(frame(60)) }
    #expect(failure == .dropped)
    #expect(backend.drops.sendFailed == 1)
    #expect(bench.script.count(of: .write) == 1)
  }

  @Test(
    "An errno of writing has a reason, and the frame is counted",
    arguments: [
      (Errno.ioError, BackendError.Reason.linkDown), (.invalidArgument, .dropped),
      (Errno(rawValue: 77), .disconnected), (.noSuchAddressOrDevice, .disconnected),
      (.operationNotSupportedByDevice, .disconnected), (.badFileDescriptor, .disconnected),
      (.permissionDenied, .system),
    ]
  )
  func failure(errno: Errno, reason expected: BackendError.Reason) throws {
    let bench = TapBench()
    let backend = try bench.open()
    bench.script.add(CallFault(.write, .fails(errno)))
    let error = BackendError(
      expected,
      call: "writev",
      subject: "tap0",
      errno: errno.rawValue
    )
    #expect(throws: error) { try backend.send(frame(60)) }
    #expect(backend.drops.sendFailed == 1)
    #expect(try backend.send(frame(60)) == 60)
  }

  @Test("While the link is down frames are dropped; afterwards they pass")
  func linkDown() throws {
    let bench = TapBench()
    let backend = try bench.open()
    try bench.kernel.setLink("tap0", up: false)
    #expect(reason { () throws(BackendError) in _ = try backend.send(frame(60)) } == .linkDown)
    #expect(try backend.peekLength() == nil)
    try bench.kernel.setLink("tap0", up: true)
    #expect(try backend.send(frame(61)) == 61)
    #expect(bench.collect() == [frame(61)])
  }

  @Test("Sending does not disturb a frame that was peeked")
  func afterPeek() throws {
    let bench = TapBench()
    let backend = try bench.open()
    try bench.inject(frame(70))
    #expect(try backend.peekLength() == 70)
    #expect(try backend.send(frame(60)) == 60)
    #expect(try backend.receiveFrame() == frame(70))
  }
}

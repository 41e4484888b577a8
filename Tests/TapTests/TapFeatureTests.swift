import CallScript
import NetBackend
import SystemPackage
import Tap
import Testing

@Suite struct TapFeatureTests {
  private static let all: VirtioNetFeatures = [
    .checksum, .guestChecksum, .guestTCP4, .guestTCP6, .guestECN, .guestUDP, .hostTCP4, .hostTCP6,
    .hostECN, .hostUDP, .guestUDPSegments4, .guestUDPSegments6, .hostUDPSegments,
  ]

  private static let offers: [(TapOffloads, VirtioNetFeatures)] = [
    (.all, all),
    (
      TapOffloads.all.subtracting(.udpSegments),
      all.subtracting([.guestUDPSegments4, .guestUDPSegments6, .hostUDPSegments])
    ),
    (.checksum, [.checksum, .guestChecksum, .hostTCP4, .hostTCP6, .hostECN, .hostUDP]),
    ([], [.checksum, .hostTCP4, .hostTCP6, .hostECN, .hostUDP]),
  ]

  @Test("What is offered is what the kernel takes, found stepwise", arguments: offers)
  func offered(offloads: TapOffloads, features: VirtioNetFeatures) throws {
    let bench = TapBench(SimulatedTapKernel(offloads: offloads))
    let backend = try bench.open()
    for _ in 0..<2 { #expect(try backend.offeredFeatures() == features) }
    #expect(features.lackingDependencies.isEmpty)
    #expect(try bench.kernel.offloads("tap0") == [])
    #expect(backend.headerLength == 0)
  }

  @Test(
    "Only header lengths 0, 10 and 12 are taken",
    arguments: Array(-1...25) + [65_546, .max, .min]
  )
  func headerLengths(length: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: 12)
    guard ![0, 10, 12].contains(length) else {
      try backend.setFeatures([], headerLength: length)
      #expect(backend.headerLength == length)
      #expect(try bench.kernel.headerLength("tap0") == max(10, length))
      return
    }
    let failure = reason { () throws(BackendError) in
      try backend.setFeatures([], headerLength: length)
    }
    #expect(failure == .unsupportedHeaderLength)
    #expect(backend.headerLength == 12)
    #expect(try bench.kernel.headerLength("tap0") == 12)
  }

  private static let switched: [(VirtioNetFeatures, TapOffloads)] = [
    (.guestChecksum, .checksum), ([.guestChecksum, .guestTCP4], [.checksum, .tcp4]),
    ([.guestChecksum, .guestTCP6], [.checksum, .tcp6]),
    ([.guestChecksum, .guestTCP4, .guestECN], [.checksum, .tcp4, .congestionNotification]),
    ([.guestChecksum, .guestUDP], [.checksum, .udp]),
    ([.guestChecksum, .guestUDPSegments4, .guestUDPSegments6], [.checksum, .udpSegments]),
    ([.checksum, .hostTCP4, .hostTCP6, .hostECN, .hostUDP, .hostUDPSegments], []),
  ]

  @Test("Each feature turns on its own switch", arguments: switched)
  func switches(features: VirtioNetFeatures, offloads: TapOffloads) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: 12, features)
    #expect(try bench.kernel.offloads("tap0") == offloads)
    try backend.setFeatures([], headerLength: 0)
    #expect(try bench.kernel.offloads("tap0") == [])
  }

  private static let impossible: [(VirtioNetFeatures, Int)] = [
    (.mergeableBuffers, 12), (.guestTCP4, 12), (.hostTCP4, 12), ([.guestChecksum, .guestECN], 12),
    ([.guestChecksum, .guestUDPSegments4], 12), ([.guestChecksum, .guestUDPSegments6], 12),
    (.guestChecksum, 0), (.checksum, 0), (VirtioNetFeatures(bit: 63), 12),
  ]

  @Test("Features that cannot be had are refused and change nothing", arguments: impossible)
  func refused(features: VirtioNetFeatures, length: Int) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: 10, .guestChecksum)
    _ = bench.script.takeEntries()
    let failure = reason { () throws(BackendError) in
      try backend.setFeatures(features, headerLength: length)
    }
    #expect(failure == .unsupportedFeatures)
    #expect(backend.headerLength == 10)
    #expect(bench.script.takeEntries().isEmpty)
    #expect(try bench.kernel.offloads("tap0") == .checksum)
  }

  @Test(
    "If the kernel refuses either call, all stays as it was",
    arguments: [CallName.setHeaderLength, .setOffloads]
  )
  func allOrNothing(call: CallName) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: 10, .guestChecksum)
    bench.script.add(CallFault(call, .fails(.invalidArgument)))
    let failure = reason { () throws(BackendError) in
      try backend.setFeatures([.guestChecksum, .guestTCP4], headerLength: 12)
    }
    #expect(failure == .system)
    #expect(backend.headerLength == 10)
    #expect(try bench.kernel.headerLength("tap0") == 10)
    #expect(try bench.kernel.offloads("tap0") == .checksum)
    try bench.inject(frame(60))
    #expect(try backend.receiveFrame()?.count == 70)
  }

  @Test("A device whose header can no longer be told is not used until it is set again")
  func unknownHeader() throws {
    let bench = TapBench()
    let backend = try bench.open()
    bench.script.add(CallFault(.setOffloads, .fails(.invalidArgument)))
    bench.script.add(CallFault(.setHeaderLength, after: 1, .fails(.ioError)))
    _ = try? backend.setFeatures([], headerLength: 12)
    try bench.inject(frame(60))
    #expect(reason { () throws(BackendError) in _ = try backend.send(frame(60)) } == .disconnected)
    #expect(reason { () throws(BackendError) in _ = try backend.peekLength() } == .disconnected)
    try backend.setFeatures([], headerLength: 0)
    #expect(try backend.receiveFrame() == frame(60))
  }

  @Test("A frame read under another header length is dropped and counted")
  func stale() throws {
    let bench = TapBench()
    let backend = try bench.open()
    for length in 60..<63 { try bench.inject(frame(length)) }
    #expect(try backend.peekLength() == 60)
    try backend.setFeatures([], headerLength: 0)
    #expect(try backend.peekLength() == 60)
    try backend.setFeatures([], headerLength: 12)
    #expect(backend.drops.receiveStale == 1)
    #expect(try backend.peekLength() == 12 + 61)
    try backend.setFeatures([.guestChecksum], headerLength: 12)
    #expect(try backend.receiveFrame()?.suffix(61) == frame(61)[...])
    #expect(backend.drops.receiveStale == 1)
  }

  @Test("A frame to be completed arrives so only if the guest takes it", arguments: [false, true])
  func checksum(isAcknowledged: Bool) throws {
    let bench = TapBench()
    let backend = try bench.open(headerLength: 12, isAcknowledged ? .guestChecksum : [])
    var header = VirtioNetHeader()
    header.flags = .needsChecksum
    (header.checksumStart, header.checksumOffset) = (34, 6)
    try bench.inject(frame(60), header: header)
    let received = try #require(try backend.receiveFrame())
    var expected = isAcknowledged ? header : VirtioNetHeader()
    expected.bufferCount = 1
    #expect(Array(received.prefix(12)) == expected.encoded(length: 12))
    #expect((Array(received.suffix(60)) == frame(60)) == isAcknowledged)
  }
}

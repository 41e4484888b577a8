import CallScript
import CLinux
import NetBackend
import Pcap
import SystemPackage
import Tap
import Testing

@Suite(.enabled(if: PrivateNetwork.isAvailable, Comment(rawValue: PrivateNetwork.reason)))
struct LinuxTapTests {
  @Test("Frames pass both ways, whatever the header length", arguments: [0, 10, 12])
  func bothWays(header: Int) async throws {
    try await PrivateNetwork.run {
      let bench = LinuxBench()
      let backend = try bench.open()
      try backend.setFeatures([], headerLength: header)
      let live = try LiveInterface("tap0")
      var wire = [UInt8](repeating: 0, count: header)
      for length in [14, 60, 1000, 1514] {
        #expect(try backend.send(wire, frame(length)) == header + length)
        let seen = try live.nextFrame(until: .now + .seconds(10))
        #expect(seen?.bytes == frame(length))
      }
      if header == 12 { wire[10] = 1 }
      for length in [14, 60, 1000, 1514] {
        for isPeeked in [false, true] {
          try live.inject(frame(length, seed: 7))
          if isPeeked { #expect(try backend.peekLength() == header + length) }
          let received = try #require(try backend.receive(10, 0, 20, 4000))
          #expect(received.frame == wire + frame(length, seed: 7))
          #expect(received.restIsUntouched)
        }
      }
      #expect(try live.nextFrame() == nil)
      #expect(try live.lostFrames() == 0)
    }
  }

  @Test("The longest frames are sent; the largest MTU's are received, kept for lack of room")
  func long() async throws {
    try await PrivateNetwork.run {
      let bench = LinuxBench()
      let backend = try bench.open()
      #expect(LinuxArm().setMTU("tap0", to: 65_521) == 0)
      let live = try LiveInterface("tap0")
      for length in [65_535, 65_664] {
        #expect(try backend.send(frame(length)) == length)
        let seen = try #require(try live.nextFrame(until: .now + .seconds(10)))
        #expect(seen.length == length)
        #expect(seen.isTruncated == (length > 65_535))
        #expect(seen.bytes == Array(frame(length).prefix(seen.bytes.count)))
      }
      try live.inject(frame(65_535))
      let failure = reason { () throws(BackendError) in _ = try backend.receive(100, 65_000) }
      #expect(failure == .noSpace(required: 65_535))
      #expect(try backend.receiveFrame() == frame(65_535))
    }
  }

  @Test("Numbered frames keep their order, and none is lost where none may be")
  func order() async throws {
    try await PrivateNetwork.run {
      let backend = try LinuxBench().open()
      let live = try LiveInterface("tap0")
      for index in 0..<10_000 {
        #expect(try backend.send(numbered(index)) == 60)
        #expect(try live.nextFrame(until: .now + .seconds(10))?.bytes == numbered(index))
        try live.inject(numbered(index))
        #expect(try backend.receiveFrame() == numbered(index))
      }
    }
  }

  @Test("What an earlier owner left is set anew, and the mode must be the right one")
  func priorState() async throws {
    try await PrivateNetwork.run {
      let arm = LinuxArm()
      let bench = LinuxBench()
      let flags: TapFlags = [.tap, .noProtocolInformation, .vnetHeader]
      try arm.makePersistent("tap0", flags: flags, headerLength: 20)
      try arm.makePersistent("tap1", flags: flags.union(.multiQueue), headerLength: 10)
      let backend = try bench.open()
      let live = try LiveInterface("tap0")
      try live.inject(frame(60))
      #expect(try backend.receiveFrame() == frame(60))
      #expect(reason { () throws(BackendError) in _ = try bench.open() } == .busy)
      #expect(reason { () throws(BackendError) in _ = try bench.open("tap1") } == .wrongDevice)
      #expect(reason { () throws(BackendError) in _ = try bench.open("lo") } == .wrongDevice)
      #expect(bench.script.ledger.open.count == 1)
    }
  }

  @Test("A descriptor handed over is taken as it is found and left proper")
  func supplied() async throws {
    try await PrivateNetwork.run {
      let bench = LinuxBench()
      let descriptor = try LinuxArm().attached("tap0")
      try bench.port.base.setHeaderLength(descriptor, to: 20)
      _ = clinux_set_nonblocking(descriptor, 0)
      _ = clinux_set_close_on_exec(descriptor, 0)
      bench.script.handedOver(descriptor)
      let backend = try bench.open("tap0", descriptor: descriptor)
      #expect(try backend.receiveFrame() == nil)
      #expect(bench.script.ledger.watchedBlocking + bench.script.ledger.inherited == 0)
      try LiveInterface("tap0").inject(frame(60))
      #expect(try backend.receiveFrame() == frame(60))
      backend.close()
      #expect(bench.script.ledger.open.isEmpty)
    }
  }

  @Test("The link down and the interface gone are told apart, and the first one ends")
  func link() async throws {
    try await PrivateNetwork.run {
      let arm = LinuxArm()
      let backend = try LinuxBench().open()
      for _ in 0..<20 {
        try arm.setLink("tap0", up: false)
        #expect(reason { () throws(BackendError) in _ = try backend.send(frame(60)) } == .linkDown)
        #expect(try backend.receiveFrame() == nil)
        try arm.setLink("tap0", up: true)
        #expect(try backend.send(frame(60)) == 60)
      }
      #expect(arm.removeInterface("tap0") == 0)
      #expect(
        reason { () throws(BackendError) in _ = try backend.send(frame(60)) } == .disconnected
      )
      #expect(reason { () throws(BackendError) in _ = try backend.peekLength() } == .disconnected)
    }
  }

  @Test("The far side outlives a link that goes down and comes up")
  func farSideOutlivesLink() async throws {
    try await PrivateNetwork.run {
      let arm = LinuxArm()
      let backend = try LinuxBench().open()
      let live = try LiveInterface("tap0")
      for count in 0..<20 {
        try arm.setLink("tap0", up: false)
        #expect(throws: PcapError.self) { try live.inject(frame(60)) }
        if count.isMultiple(of: 2) { #expect(try live.nextFrame() == nil) }
        try arm.setLink("tap0", up: true)
        try live.inject(frame(61))
        #expect(try backend.receiveFrame() == frame(61))
        #expect(try backend.send(frame(62)) == 62)
        #expect(try live.nextFrame(until: .now + .seconds(10))?.bytes == frame(62))
        try arm.setLink("tap0", up: false)
        try arm.setLink("tap0", up: true)
        try live.inject(frame(63))
        #expect(try backend.receiveFrame() == frame(63))
      }
    }
  }

  @Test("Everything is offered, and a checksum is completed unless the guest takes it undone")
  func features() async throws {
    try await PrivateNetwork.run {
      let backend = try LinuxBench().open()
      #expect(try backend.offeredFeatures().contains([.guestUDPSegments4, .hostUDPSegments]))
      let header = header(flags: .needsChecksum, start: 34, offset: 6)
      let injector = try OffloadInjector("tap0")
      for features: VirtioNetFeatures in [[], .guestChecksum] {
        try backend.setFeatures(features, headerLength: 12)
        #expect(injector.inject(frame(60), header: header.encoded(length: 10)) == 0)
        let received = try #require(try backend.receiveFrame())
        #expect(received[0] == (features.isEmpty ? 0 : 1))
        #expect(received[10] == 1)
        #expect((Array(received.dropFirst(12)) == frame(60)) == !features.isEmpty)
      }
    }
  }

  @Test("The kinds of interface are told apart in a namespace of one's own")
  func kinds() async throws {
    try await PrivateNetwork.run {
      let arm = LinuxArm()
      _ = try arm.attached("tap0")
      _ = try arm.attached("tun0", flags: [.tun, .noProtocolInformation])
      let socket = clinux_interface_socket()
      defer { _ = clinux_close(socket) }
      let names: [String] = ["tap0", "tun0", "lo"]
      let kinds = names.map { (name: String) -> Int32 in unsafe clinux_interface_kind(socket, name)
      }
      #expect(kinds == [CLINUX_IFF_TAP, CLINUX_IFF_TUN, 0])
    }
  }

  /// A frame that carries its number.
  private func numbered(_ index: Int) -> [UInt8] {
    var bytes = frame(60)
    (bytes[14], bytes[15]) = (UInt8(index >> 8), UInt8(truncatingIfNeeded: index))
    return bytes
  }
}

/// Opens backends on the real system calls, with a script around them.
struct LinuxBench {
  let script = CallScript(.count)
  let port: ScriptedTap<LinuxTap>
  let loop: TestLoop

  init() {
    let port = ScriptedTap(LinuxTap(), script: script)
    self.port = port
    loop = TestLoop(
      observe: { event, descriptor in port.note(CallLoopEvent(event), descriptor) },
      isReadable: { clinux_wait_readable($0, 0) > 0 }
    )
  }

  func open(
    _ name: String = "tap0",
    descriptor: Int32? = nil
  ) throws(BackendError) -> TapBackend<ScriptedTap<LinuxTap>> {
    let request = OpenRequest(name: name, loop: loop, descriptor: descriptor) {}
    return try TapBackend(request, port: port)
  }
}

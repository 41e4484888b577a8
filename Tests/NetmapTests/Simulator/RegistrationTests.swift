import Netmap
import RingMemory
import SystemPackage
import Testing

@Suite("Binding a port of a simulated kernel")
struct RegistrationTests {
  static let names: [(String, Errno?)] = [
    ("vale", .noMemory), ("vale5", .noMemory), ("vale5:", nil), ("valeX:y", nil),
    ("vale:x", nil), ("vale-1:x", .noMemory), ("vale5:a:b", nil),
    ("vale01234567890:x", nil), ("vale012345678901:x", .noMemory),
    ("vale0:123456789012345", nil), ("vale0:1234567890123456", .noMemory),
    ("eth9", .noSuchAddressOrDevice), ("", .noSuchAddressOrDevice), ("vale5:p{1", nil),
    ("eth0{", .invalidArgument), ("{1", .invalidArgument), ("eth0{1", nil), ("nothere{1", nil),
    ("vale5{1", .noMemory),
  ]

  @Test("a name is taken or refused as the kernel does", arguments: names)
  func takesNames(_ name: String, _ expected: Errno?) throws {
    let kernel = SimulatedNetmapKernel()
    try kernel.addInterface("eth0")
    if let expected {
      #expect(throws: expected) { try BoundPort(kernel, name) }
      #expect(kernel.portNames == ["eth0"])
      #expect(kernel.openDescriptors.isEmpty)
    } else {
      let port = try BoundPort(kernel, name)
      #expect(kernel.portNames.contains(name))
      try port.close()
      #expect(kernel.portNames.filter { $0.hasPrefix("vale") || $0.contains("{") }.isEmpty)
    }
  }

  @Test("a descriptor that is not bound can do nothing but be bound")
  func isUnbound() throws {
    let port = SimulatedNetmapKernel().port
    let descriptor = try port.open()
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.syncTransmit(descriptor) }
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.syncReceive(descriptor) }
    #expect(throws: Errno.invalidArgument) { try port.map(descriptor, size: 4096) }
    #expect(port.kernel.poll(descriptor, for: .readable) == .error)
    try port.close(descriptor)
    #expect(throws: Errno.badFileDescriptor) { try port.close(descriptor) }
    #expect(throws: Errno.badFileDescriptor) { try port.syncTransmit(descriptor) }
    #expect(port.kernel.poll(descriptor, for: .readable) == .invalid)
  }

  @Test("no more than there is can be mapped")
  func mapsWithinTheMemory() throws {
    let bound = try BoundPort(SimulatedNetmapKernel(), "vale0:a")
    let port = bound.kernel.port
    let size = bound.registered.memorySize
    #expect(throws: Errno.invalidArgument) { try port.map(bound.descriptor, size: size + 1) }
    #expect(throws: Errno.invalidArgument) { try port.map(bound.descriptor, size: 0) }
    #expect(try port.map(bound.descriptor, size: 4096).count == 4096)
  }

  @Test("a descriptor is bound once")
  func isBoundOnce() throws {
    let bound = try BoundPort(SimulatedNetmapKernel(), "vale0:a")
    #expect(throws: Errno.resourceBusy) {
      try bound.kernel.port.register(bound.descriptor, NetmapRegistration(port: "vale0:b"))
    }
    #expect(bound.kernel.portNames == ["vale0:a"])
  }

  @Test("rings that somebody wants for himself are not shared", arguments: [true, false])
  func isExclusive(first: Bool) throws {
    let kernel = SimulatedNetmapKernel()
    let exclusive = NetmapRegistration(port: "vale0:a", flags: .exclusive)
    let shared = NetmapRegistration(port: "vale0:a")
    let holder = try BoundPort(kernel, first ? exclusive : shared)
    #expect(throws: Errno.resourceBusy) { try BoundPort(kernel, first ? shared : exclusive) }
    try holder.close()
    #expect(throws: Never.self) { try BoundPort(kernel, first ? shared : exclusive) }
  }

  @Test("one pair of rings can be bound, and the others by somebody else")
  func bindsOneRing() throws {
    let kernel = SimulatedNetmapKernel()
    var request = NetmapRegistration(port: "vale0:a", mode: .oneRing, flags: .exclusive)
    request.geometry.transmitRings = 2
    request.geometry.receiveRings = 2
    let first = try BoundPort(kernel, request)
    #expect(first.interface.transmitRings.count == 1)
    request.ring = 1
    let second = try BoundPort(kernel, request)
    #expect(second.interface.transmitRings.count == 2)
    request.ring = 2
    #expect(throws: Errno.invalidArgument) { try BoundPort(kernel, request) }
    second.publish([SentSlot(bytes: Sample.frame(60))], on: 1)
    try first.syncTransmit()
    #expect(second.interface.transmitRings[1].tail == 1023)
    try second.syncTransmit()
    #expect(second.interface.transmitRings[1].tail == 0)
  }

  @Test(
    "rings to and from the host are refused",
    arguments: [NetmapMode.hostRings, .allAndHostRings]
  )
  func refusesHostRings(_ mode: NetmapMode) throws {
    let kernel = SimulatedNetmapKernel()
    #expect(throws: Errno.invalidArgument) {
      try BoundPort(kernel, NetmapRegistration(port: "vale0:a", mode: mode))
    }
    #expect(kernel.portNames.isEmpty)
  }

  @Test("there are eight switches")
  func hasEightSwitches() throws {
    let kernel = SimulatedNetmapKernel()
    let ports = try (0..<8).map { try BoundPort(kernel, "vale\($0):a", transmitSlots: 8) }
    #expect(throws: Errno.noMemory) { try BoundPort(kernel, "vale8:a") }
    try ports[3].close()
    #expect(throws: Never.self) { try BoundPort(kernel, "vale8:a") }
  }

  static let lengths: [(Int, Errno?)] =
    [0, 10, 12].map { ($0, nil) }
    + [1, 5, 9, 11, 13, 14, -1, 65_546].map { ($0, .invalidArgument) }

  @Test("a vnet header has 0, 10 or 12 bytes", arguments: lengths)
  func setsHeaderLength(_ length: Int, _ expected: Errno?) throws {
    let bound = try BoundPort(SimulatedNetmapKernel(), "vale0:a")
    let port = bound.kernel.port
    try port.setHeaderLength(bound.descriptor, of: "vale0:a", to: 10)
    if let expected {
      #expect(throws: expected) {
        try port.setHeaderLength(bound.descriptor, of: "vale0:a", to: length)
      }
      #expect(try port.headerLength(bound.descriptor, of: "vale0:a") == 10)
    } else {
      try port.setHeaderLength(bound.descriptor, of: "vale0:a", to: length)
      #expect(try port.headerLength(bound.descriptor, of: "vale0:a") == length)
    }
  }

  @Test("only a port of a switch has a header, and it loses it when it is closed")
  func losesHeaderLength() throws {
    let kernel = SimulatedNetmapKernel()
    try kernel.addInterface("eth0")
    let port = kernel.port
    let control = try port.open()
    for name in ["eth0", "vale0:a", "eth1", "vale0"] {
      #expect(throws: Errno.noSuchAddressOrDevice) {
        try port.setHeaderLength(control, of: name, to: 12)
      }
    }
    #expect(try port.headerLength(control, of: "eth0") == 0)
    let bound = try BoundPort(kernel, "vale0:a")
    try port.setHeaderLength(control, of: "vale0:a", to: 12)
    try bound.close()
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.headerLength(control, of: "vale0:a") }
    _ = try BoundPort(kernel, "vale0:a")
    #expect(try port.headerLength(control, of: "vale0:a") == 0)
  }

  @Test("a port that stays keeps its header, and gets no frames while nobody is bound to it")
  func keepsPersistentPort() throws {
    let kernel = SimulatedNetmapKernel()
    try kernel.addSwitchPort("vale0:b", headerLength: 12)
    let sender = try BoundPort(kernel, "vale0:a")
    try sender.send(Sample.frame(60))
    let receiver = try BoundPort(kernel, "vale0:b")
    #expect(try receiver.received().isEmpty)
    try sender.send(Sample.frame(60))
    #expect(try receiver.received().map(\.length) == [72])
    try receiver.close()
    #expect(try kernel.port.headerLength(sender.descriptor, of: "vale0:b") == 12)
    try kernel.removeSwitchPort("vale0:b")
    #expect(kernel.portNames == ["vale0:a"])
  }
}

import NetBackend
import Netmap
import SystemPackage
import Testing

/// The backend over the real port, whose system calls reach a simulated kernel.
@Suite("The backend over /dev/netmap")
struct LinuxNetmapBackendTests {
  typealias Device = NetmapDeviceABI<SimulatedNetmap>

  let kernel = SimulatedNetmapKernel()
  let device: Device

  init() throws {
    device = NetmapDeviceABI(kernel)
    try kernel.addInterface("eth0")
  }

  private func open(_ name: String) throws -> NetmapBackend<LinuxNetmap<Device>> {
    try NetmapBackend(
      OpenRequest(name: name, loop: IdleLoop(), onReceive: {}),
      port: LinuxNetmap(calls: device)
    )
  }

  /// A frame of so many bytes, no two of which in a row are the same.
  private static func frame(_ length: Int) -> [UInt8] { (0..<length).map { UInt8($0 % 251) } }

  @Test("frames of one slot and of many are sent", arguments: [60, 1514, 2048, 2049, 9000, 65535])
  func sends(length: Int) throws {
    let backend = try open("netmap:eth0")
    #expect(try backend.send(bytes: Self.frame(length)) == length)
    #expect(kernel.takeSent(from: "eth0").map(\.bytes) == [Self.frame(length)])
  }

  @Test("frames are received, once and in order")
  func receives() throws {
    let backend = try open("netmap:eth0")
    for length in [60, 9000, 61] { try kernel.inject(Self.frame(length), into: "eth0") }
    // Where a loop would find the descriptor readable.
    #expect(try device.poll(kernel.openDescriptors[0], for: 1, milliseconds: 0) == 1)
    for length in [60, 9000, 61] {
      #expect(try backend.peekLength() == length)
      #expect(try backend.takeFrame() == Self.frame(length))
    }
    #expect(try backend.takeFrame() == nil)
  }

  @Test("a backend of one ring uses that one, whoever has the others")
  func oneRing() throws {
    var geometry = NetmapGeometry()
    (geometry.transmitRings, geometry.receiveRings) = (3, 3)
    try kernel.addInterface("eth1", geometry: geometry)
    let first = try open("netmap:eth1-0")
    let last = try open("netmap:eth1-2")
    #expect(try first.send(bytes: Self.frame(60)) == 60)
    #expect(try last.send(bytes: Self.frame(61)) == 61)
    #expect(kernel.takeSent(from: "eth1").map(\.ring) == [0, 2])
    try kernel.inject(Self.frame(62), into: "eth1", ring: 2)
    #expect(try first.takeFrame() == nil)
    #expect(try last.takeFrame() == Self.frame(62))
  }

  @Test("nothing is left behind")
  func closes() throws {
    var backend: NetmapBackend? = try open("netmap:eth0")
    #expect(device.mappingCount == 1)
    backend?.close()
    backend = nil
    #expect(device.mappingCount == 0)
    #expect(kernel.openDescriptors.isEmpty)
  }

  @Test("what the kernel refuses leaves nothing behind")
  func refused() throws {
    #expect(
      throws: BackendError(
        .unavailable,
        call: "NIOCREGIF",
        subject: "netmap:eth9",
        errno: Errno.noSuchAddressOrDevice.rawValue
      )
    ) { try open("netmap:eth9") }
    #expect(device.mappingCount == 0)
    #expect(kernel.openDescriptors.isEmpty)
  }
}

extension NetBackend {
  fileprivate func send(bytes: [UInt8]) throws(BackendError) -> Int? {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    defer { unsafe memory.deallocate() }
    unsafe memory.copyBytes(from: bytes)
    return try unsafe withElement(memory) { (list) throws(BackendError) in
      // The memory lives until the end of this function.
      try unsafe send(ScatterGatherList(unsafeElements: list))
    }
  }

  fileprivate func takeFrame() throws(BackendError) -> [UInt8]? {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 70_000, alignment: 16)
    defer { unsafe memory.deallocate() }
    let length = try unsafe withElement(memory) { (list) throws(BackendError) in
      // The memory lives until the end of this function.
      try unsafe receive(into: MutableScatterGatherList(unsafeElements: list))
    }
    return length.map { unsafe Array(memory.prefix($0)) }
  }

  private func withElement(
    _ memory: UnsafeMutableRawBufferPointer,
    _ body: (UnsafeBufferPointer<BufferElement>) throws(BackendError) -> Int?
  ) throws(BackendError) -> Int? {
    let list = UnsafeMutableBufferPointer<BufferElement>.allocate(capacity: 1)
    defer { unsafe list.deallocate() }
    unsafe list.initialize(
      repeating: BufferElement(base: memory.baseAddress, length: UInt(memory.count))
    )
    return try unsafe body(UnsafeBufferPointer(list))
  }
}

import Netmap
import RingMemory
import SystemPackage
import Testing

/// The code of the real port, whose system calls reach a port of the test's own: what it passes has
/// to survive being written as bytes and read by the other side.
@Suite("The port over /dev/netmap")
struct LinuxNetmapTests {
  static func port(over recording: RecordingPort) -> LinuxNetmap<NetmapDeviceABI<RecordingPort>> {
    LinuxNetmap(calls: NetmapDeviceABI(recording))
  }

  @Test("every call arrives once, with what it was made with")
  func calls() throws {
    var geometry = NetmapGeometry()
    geometry.transmitSlots = 8
    geometry.receiveSlots = 16
    let request = NetmapRegistration(
      port: "eth0{1",
      flags: .exclusive,
      memoryID: 3,
      geometry: geometry
    )
    let given = NetmapRegistered(
      offset: 1024,
      memorySize: 8_814_592,
      memoryID: 3,
      geometry: geometry
    )
    let recording = RecordingPort(answer: given, header: 12)
    let port = Self.port(over: recording)
    let descriptor = try port.open()
    #expect(try port.register(descriptor, request) == given)
    #expect(try port.map(descriptor, size: 4096).count == 4096)
    #expect(try port.headerLength(descriptor, of: "vale0:1") == 12)
    try port.setHeaderLength(descriptor, of: "vale0:1", to: 10)
    try port.syncTransmit(descriptor)
    try port.syncReceive(descriptor)
    try port.close(descriptor)
    #expect(
      recording.calls == [
        .open, .register(7, request), .map(7, size: 4096), .headerLength(7, of: "vale0:1"),
        .setHeaderLength(7, of: "vale0:1", to: 10), .syncTransmit(7), .syncReceive(7), .close(7),
      ]
    )
  }

  @Test("an errno arrives as it is")
  func failure() {
    let recording = RecordingPort(failure: .noSuchAddressOrDevice)
    let port = Self.port(over: recording)
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.open() }
    #expect(throws: Errno.noSuchAddressOrDevice) {
      try port.register(7, NetmapRegistration(port: "eth0"))
    }
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.map(7, size: 4096) }
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.headerLength(7, of: "eth0") }
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.setHeaderLength(7, of: "eth0", to: 0) }
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.syncTransmit(7) }
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.syncReceive(7) }
    #expect(throws: Errno.noSuchAddressOrDevice) { try port.close(7) }
    #expect(recording.calls.count == 8)
  }

  @Test("what cannot be written as bytes never reaches the kernel")
  func unwritable() {
    let recording = RecordingPort()
    let port = Self.port(over: recording)
    let long = String(repeating: "n", count: 64)
    #expect(throws: Errno.fileNameTooLong) {
      try port.register(7, NetmapRegistration(port: long))
    }
    #expect(throws: Errno.fileNameTooLong) { try port.headerLength(7, of: long) }
    #expect(throws: Errno.invalidArgument) { try port.setHeaderLength(7, of: "eth0", to: -1) }
    #expect(recording.calls.isEmpty)
  }

  @Test("the memory is one mapping, and given back with the object")
  func mapping() throws {
    let device = NetmapDeviceABI(RecordingPort())
    let port = LinuxNetmap(calls: device)
    var memory: SharedMemory? = try port.map(7, size: 8192)
    #expect(device.mappingCount == 1)
    #expect(memory?.count == 8192)
    memory = nil
    #expect(device.mappingCount == 0)
  }

  @Test("a header that the kernel would refuse is refused")
  func headers() throws {
    let recording = RecordingPort()
    let device = NetmapDeviceABI(recording)
    let good = try NetmapRequestHeader(.getPortHeader, of: "vale0:1")
    let changes: [(inout NetmapRequestHeader) -> Void] = [
      { $0.version = 13 }, { $0.version = 16 }, { $0.type = 0 }, { $0.type = 99 }, { $0.body = 0 },
    ]
    for change in changes {
      var header = good
      header.body = 0x1000
      change(&header)
      #expect(throws: Errno.invalidArgument) { try device.request(header) }
    }
    #expect(throws: Errno.notSupportedOnSocket) { unsafe try device.control(7, 0x6990, nil) }
    #expect(throws: Errno.badAddress) { unsafe try device.control(7, NetmapControl.control, nil) }
    #expect(recording.calls.isEmpty)
  }

  @Test("options that nobody knows are marked, and fail the request")
  func options() throws {
    let recording = RecordingPort()
    let device = NetmapDeviceABI(recording)
    var header = try NetmapRequestHeader(.getPortHeader, of: "vale0:1")
    var body = NetmapBytes(count: 8)
    var last = NetmapOptionHeader(type: 3).bytes
    unsafe body.lend { body in
      unsafe last.lend { last in
        header.body = UInt64(UInt(bitPattern: body.baseAddress))
        let next = UInt64(UInt(bitPattern: last.baseAddress))
        var first = NetmapOptionHeader(type: 4, next: next).bytes
        unsafe first.lend { first in
          header.options = UInt64(UInt(bitPattern: first.baseAddress))
          #expect(throws: Errno.notSupportedOnSocket) { try device.request(header) }
        }
        #expect(NetmapOptionHeader(first).status == 95)
      }
    }
    #expect(NetmapOptionHeader(last).status == 95)
    #expect(recording.calls.isEmpty)
  }
}

extension NetmapDeviceABI {
  fileprivate func request(_ header: NetmapRequestHeader) throws(Errno) {
    var bytes = header.bytes
    try unsafe bytes.lend { bytes throws(Errno) in
      try unsafe control(7, NetmapControl.control, bytes)
    }
  }
}

import NetBackend
import SystemPackage
import Tap

/// A kernel with its far side: the simulated one, or the real one in a private namespace.
protocol KernelArm {
  var port: any TapPort { get }
  func inject(_ frame: [UInt8], _ header: VirtioNetHeader, into name: String) -> Int32
  func removeInterface(_ name: String) -> Int32
  func makePersistent(_ name: String, flags: TapFlags, headerLength: Int) throws(Errno)
  func setMTU(_ name: String, to mtu: Int) -> Int32
  func isReadable(_ descriptor: Int32) -> Bool
  func isHungUp(_ descriptor: Int32) -> Bool
}

extension KernelArm {
  /// What a call comes to: its result, or its errno.
  func outcome<Result>(_ body: () throws(Errno) -> Result) -> String {
    do throws(Errno) { return "\(try body())" } catch { return "errno \(error.rawValue)" }
  }

  /// Opens a descriptor attached to `name`.
  func attached(
    _ name: String = "tap0",
    flags: TapFlags = [.tap, .noProtocolInformation, .vnetHeader],
    up: Bool = true
  ) throws(Errno) -> Int32 {
    let descriptor = try port.openControl()
    let actual = try port.attach(descriptor, to: name, flags: flags)
    if up { try setLink(actual, up: true) }
    return descriptor
  }

  func setLink(_ name: String, up: Bool) throws(Errno) {
    let socket = try port.openSocket()
    defer { try? port.close(socket) }
    var flags = try port.interfaceFlags(socket, of: name)
    if up { flags.insert(.up) } else { flags.remove(.up) }
    try port.setInterfaceFlags(socket, of: name, to: flags)
  }

  func write(_ descriptor: Int32, _ pieces: [UInt8]...) -> String {
    let vector = TestVector(holding: pieces)
    return outcome { () throws(Errno) in
      try unsafe port.write(descriptor, elements: vector.elements)
    }
  }

  func writeEmpties(_ descriptor: Int32, _ count: Int, _ last: [UInt8]) -> String {
    let vector = TestVector(holding: Array(repeating: [], count: count) + [last])
    return outcome { () throws(Errno) in
      try unsafe port.write(descriptor, elements: vector.elements)
    }
  }

  /// Reads into one element, and shows what it holds then.
  func read(_ descriptor: Int32, _ length: Int = 2048) -> String {
    let vector = TestVector(holding: [Array(repeating: 0xAA, count: length)])
    return outcome { () throws(Errno) in
      let count = try unsafe port.read(descriptor, elements: vector.elements)
      return "\(count): \(vector.bytes.prefix(count))"
    }
  }

  func inject(_ frame: [UInt8], _ header: VirtioNetHeader = VirtioNetHeader()) -> String {
    "inject \(inject(frame, header, into: "tap0"))"
  }
}

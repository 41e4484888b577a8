import NetBackend
import RingMemory
import Testing
import XenNetif

/// The netback of this package, as the replay uses it.
final class ReplayedNetback: GoldenNetback {
  private static let headerLength = 12

  private let netback: XenNetback<SimulatedXenPort>
  private let room: SharedMemory

  init(
    _ request: GoldenNetbackRequest,
    name: String = "xen:0/0",
    changing change: (inout NetbackPolicy) -> Void = { _ in }
  ) throws {
    var policy = NetbackPolicy.linux
    policy.receiveExpiry = request.expiry
    policy.receiveStall = request.stall
    change(&policy)
    netback = try XenNetback(
      OpenRequest(name: name, loop: request.loop, onReceive: request.onReceive ?? {}),
      port: request.port,
      policy: policy
    )
    room = try SharedMemory(count: 1 << 17)
    try netback.setFeatures(
      [.checksum, .guestChecksum, .guestTCP4, .guestTCP6, .hostTCP4, .hostTCP6],
      headerLength: Self.headerLength
    )
    if request.onReceive != nil { netback.enableReceive() }
  }

  var hasCarrier: Bool { netback.hasCarrier }

  var dropped: Int { Int(netback.drops.sendFailed + netback.drops.sendNoRoom) }

  func setMTU(_ mtu: Int) -> Bool { (try? netback.setMTU(mtu)) != nil }

  func send(_ header: VirtioNetHeader, _ frame: [UInt8]) -> Bool {
    let bytes = header.encoded(length: Self.headerLength) + frame
    let buffer = unsafe UnsafeMutableRawBufferPointer(start: room.base, count: room.count)
    unsafe buffer.copyBytes(from: bytes)
    var element = unsafe BufferElement(base: room.base, length: UInt(bytes.count))
    return unsafe withUnsafePointer(to: &element) { element in
      let elements = unsafe UnsafeBufferPointer(start: element, count: 1)
      let list = unsafe ScatterGatherList(unsafeElements: elements)
      return (try? netback.send(list)).flatMap { $0 } != nil
    }
  }

  func receive() -> (header: VirtioNetHeader, frame: [UInt8])? {
    var element = unsafe BufferElement(base: room.base, length: UInt(room.count))
    let length = unsafe withUnsafePointer(to: &element) { element in
      let elements = unsafe UnsafeBufferPointer(start: element, count: 1)
      let list = unsafe MutableScatterGatherList(unsafeElements: elements)
      return (try? netback.receive(into: list)).flatMap { $0 }
    }
    guard let length else { return nil }
    let bytes = unsafe [UInt8](UnsafeRawBufferPointer(start: room.base, count: length))
    let header = netback.headerLength == 0 ? VirtioNetHeader() : VirtioNetHeader(decoding: bytes)
    return header.map { ($0, Array(bytes.dropFirst(netback.headerLength))) }
  }

  func finishFrames() {
    #expect(throws: Never.self) { try netback.setFeatures([], headerLength: 0) }
  }

  func close() { netback.close() }
}

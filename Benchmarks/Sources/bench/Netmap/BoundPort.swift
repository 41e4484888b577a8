import Netmap
import RingMemory
import SystemPackage

/// A port of a simulated kernel and its first ring in each direction.
final class BoundPort {
  let transmitRing: NetmapRing
  let receiveRing: NetmapRing
  private let port: SimulatedNetmap
  private let descriptor: Int32
  private let memory: SharedMemory

  init(_ kernel: SimulatedNetmapKernel, _ name: String, slots: Int) throws {
    port = kernel.port
    descriptor = try port.open()
    var geometry = NetmapGeometry()
    (geometry.transmitSlots, geometry.receiveSlots) = (slots, slots)
    let request = NetmapRegistration(port: name, geometry: geometry)
    let registered = try port.register(descriptor, request)
    memory = try port.map(descriptor, size: registered.memorySize)
    let interface = try NetmapInterface(memory, at: registered.offset)
    (transmitRing, receiveRing) = (interface.transmitRings[0], interface.receiveRings[0])
  }

  deinit { try? port.close(descriptor) }

  func syncTransmit() throws { try port.syncTransmit(descriptor) }

  /// Writes one frame into all buffers to send from.
  func write(_ length: Int, from source: Int, to destination: Int) {
    var frame = [UInt8](repeating: 0x5A, count: length)
    frame.replaceSubrange(0..<6, with: Self.address(destination))
    frame.replaceSubrange(6..<12, with: Self.address(source))
    for position in 0..<transmitRing.slotCount {
      let buffer = unsafe transmitRing.buffer(transmitRing[position].bufferIndex)
      // A buffer is longer than the frame.
      unsafe buffer.copyMemory(from: frame, byteCount: length)
    }
  }

  private static func address(_ number: Int) -> [UInt8] { [2, 0, 0, 0, 0, UInt8(number)] }

  /// Publishes the next slots, each as one frame.
  func publish(_ count: Int, _ length: Int) {
    var position = transmitRing.head
    for _ in 0..<count {
      let index = transmitRing[position].bufferIndex
      transmitRing[position] = NetmapSlot(bufferIndex: index, length: UInt16(length))
      position = transmitRing.indices.next(position)
    }
    transmitRing.release(to: position)
  }

  /// Releases what has arrived; says how many slots those were.
  func receive() throws -> Int {
    try port.syncReceive(descriptor)
    let count = receiveRing.indices.distance(from: receiveRing.head, to: receiveRing.tail)
    receiveRing.release(to: receiveRing.tail)
    try port.syncReceive(descriptor)
    return Int(count)
  }
}

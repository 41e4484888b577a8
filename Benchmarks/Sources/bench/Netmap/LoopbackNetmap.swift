import CBaseline
import Netmap
import RingMemory
import SystemPackage

/// A netmap whose device takes every frame at once and fills slots when it is told to.
///
/// A sync is a call of the C function that the C side of a comparison calls too.
struct LoopbackNetmap: NetmapPort {
  static let descriptor: Int32 = 1
  let region: NetmapRegion

  init(slots: Int, bufferSize: Int) {
    var geometry = NetmapGeometry()
    (geometry.transmitRings, geometry.receiveRings) = (1, 1)
    (geometry.transmitSlots, geometry.receiveSlots) = (slots, slots)
    geometry.bufferSize = bufferSize
    region = NetmapRegion(geometry)
  }

  func open() throws(Errno) -> Int32 { Self.descriptor }

  func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    NetmapRegistered(offset: 0, memorySize: region.size, memoryID: 1, geometry: region.geometry)
  }

  func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    let memory = try SharedMemory(count: size)
    region.write(to: memory, name: "loop0")
    // Pages that nobody has written yet are all the same one.
    unsafe memory.base.initializePages(from: region.bufferOffset, to: size)
    let (transmit, receive) = (region.transmitRing(0), region.receiveRing(0))
    // The rings lie within the memory, which the backend keeps for longer than the descriptor.
    let result = unsafe baseline_netmap_bind(
      descriptor,
      memory.base + transmit,
      memory.base + receive
    )
    guard result == 0 else { throw Errno(rawValue: -result) }
    return memory
  }

  func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int { 0 }

  func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno) {}

  @inline(__always)
  func syncTransmit(_ descriptor: Int32) throws(Errno) {
    let result = baseline_netmap_sync_transmit(descriptor)
    guard result == 0 else { throw Errno(rawValue: -result) }
  }

  @inline(__always)
  func trySyncTransmit(_ descriptor: Int32) -> Errno? {
    let result = baseline_netmap_sync_transmit(descriptor)
    return result == 0 ? nil : Errno(rawValue: 0 &- result)
  }

  func syncReceive(_ descriptor: Int32) throws(Errno) {}

  func close(_ descriptor: Int32) throws(Errno) {}
}

extension UnsafeMutableRawPointer {
  /// Writes into each page of a part of the memory, so that it is there.
  fileprivate func initializePages(from start: Int, to end: Int) {
    for offset in stride(from: start, to: end, by: SharedMemory.pageSize) {
      unsafe storeBytes(of: 0xA5, toByteOffset: offset, as: UInt8.self)
    }
  }
}

import Netmap
import RingMemory
import Synchronization
import SystemPackage

/// A netmap that hands every slot that is sent to its own ring to receive from, and allocates nothing.
final class LoopedNetmap: NetmapPort {
  fileprivate struct Rings {
    let transmit: NetmapRing
    let receive: NetmapRing
    /// The slot that is moved next, and the one that it is moved to.
    var from: UInt32 = 0
    var to: UInt32 = 0
  }

  private let region: NetmapRegion
  private let rings = Mutex<Rings?>(nil)

  init(slots: Int = 64) {
    var geometry = NetmapGeometry()
    (geometry.transmitRings, geometry.receiveRings) = (1, 1)
    (geometry.transmitSlots, geometry.receiveSlots) = (slots, slots)
    geometry.bufferSize = 2048
    region = NetmapRegion(geometry)
  }

  /// The ring to receive from, as its device sees it; `nil` unless the descriptor is bound.
  var receiveRing: NetmapRing? { rings.withLock { $0?.receive } }

  func open() throws(Errno) -> Int32 { 3 }

  func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    NetmapRegistered(offset: 0, memorySize: region.size, memoryID: 1, geometry: region.geometry)
  }

  func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    let memory = try SharedMemory(count: size)
    region.write(to: memory, name: "loop0")
    guard let transmit = try? NetmapRing(memory, at: region.transmitRing(0)),
      let receive = try? NetmapRing(memory, at: region.receiveRing(0))
    else { throw .invalidArgument }
    rings.withLock { $0 = Rings(transmit: transmit, receive: receive) }
    return memory
  }

  func syncTransmit(_ descriptor: Int32) throws(Errno) {
    rings.withLock { rings in rings?.move() }
  }

  func syncReceive(_ descriptor: Int32) throws(Errno) {}
  func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int { 0 }
  func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno) {}
  func close(_ descriptor: Int32) throws(Errno) { rings.withLock { $0 = nil } }
}

extension LoopedNetmap.Rings {
  /// Moves what was sent, buffers and all.
  fileprivate mutating func move() {
    while from != transmit.head {
      let (sent, free) = (transmit[from], receive[to])
      receive[to] = sent
      transmit[from] = free
      (from, to) = (transmit.indices.next(from), receive.indices.next(to))
    }
    receive.tail = to
    transmit.tail = from == 0 ? transmit.slotCount - 1 : from - 1
  }
}

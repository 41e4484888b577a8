import Netmap
import RingMemory
import Synchronization
import SystemPackage

/// A simulated netmap, the next sync of which fails when it is told so.
final class FaultyNetmap: NetmapPort {
  private struct Faults {
    var transmit: Errno?
    var receive: Errno?
  }

  private let base: SimulatedNetmap
  private let faults = Mutex(Faults())

  init(_ kernel: SimulatedNetmapKernel) { base = kernel.port }

  func failTransmit(_ errno: Errno) { faults.withLock { $0.transmit = errno } }
  func failReceive(_ errno: Errno) { faults.withLock { $0.receive = errno } }

  func syncTransmit(_ descriptor: Int32) throws(Errno) {
    let fault = faults.withLock { faults in
      defer { faults.transmit = nil }
      return faults.transmit
    }
    if let fault { throw fault }
    try base.syncTransmit(descriptor)
  }

  func syncReceive(_ descriptor: Int32) throws(Errno) {
    let fault = faults.withLock { faults in
      defer { faults.receive = nil }
      return faults.receive
    }
    if let fault { throw fault }
    try base.syncReceive(descriptor)
  }

  func open() throws(Errno) -> Int32 { try base.open() }

  func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    try base.register(descriptor, request)
  }

  func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    try base.map(descriptor, size: size)
  }

  func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int {
    try base.headerLength(descriptor, of: port)
  }

  func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno) {
    try base.setHeaderLength(descriptor, of: port, to: length)
  }

  func close(_ descriptor: Int32) throws(Errno) { try base.close(descriptor) }
}

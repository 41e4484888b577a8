internal import Netmap
internal import RingMemory
internal import Synchronization
internal import SystemPackage

/// The rings that a wrong netmap backend shares with the kernel, as soon as they are mapped.
final class MutantRings: Sendable {
  private struct Mapped: Sendable {
    /// Keeps the rings' memory; they hold addresses only.
    let memory: SharedMemory
    let interface: NetmapInterface
    let port: any NetmapPort
    let descriptor: Int32
  }

  private let mapped = Mutex<Mapped?>(nil)

  /// Looks at the interface that a descriptor was bound to.
  func map(_ memory: SharedMemory, at offset: Int, _ port: any NetmapPort, _ descriptor: Int32) {
    guard let interface = try? NetmapInterface(memory, at: offset) else { return }
    mapped.withLock {
      $0 = Mapped(memory: memory, interface: interface, port: port, descriptor: descriptor)
    }
  }

  /// The ring to send from.
  var transmit: NetmapRing { current.interface.transmitRings[0] }

  /// The first ring to receive from.
  var receive: NetmapRing { current.interface.receiveRings[0] }

  /// Every ring to receive from.
  var allReceive: [NetmapRing] { current.interface.receiveRings }

  /// Has the kernel send.
  func syncTransmit() throws(Errno) { try current.port.syncTransmit(current.descriptor) }

  /// Has the kernel show what has arrived.
  func syncReceive() throws(Errno) { try current.port.syncReceive(current.descriptor) }

  private var current: Mapped {
    guard let mapped = mapped.withLock({ $0 }) else {
      preconditionFailure("a mutant asks for its rings only once it is open")
    }
    return mapped
  }
}

internal import Netmap
internal import RingMemory
internal import SystemPackage

/// A port of which each send is followed by a poll of every descriptor of the bench: what a backend
/// sends arrives at another one on the same switch, whose event loop waits for it.
struct PollingNetmap<Base: NetmapPort>: NetmapPort {
  let base: Base
  /// Polls the descriptors.
  let poll: @Sendable () -> Void

  func syncTransmit(_ descriptor: Int32) throws(Errno) {
    try base.syncTransmit(descriptor)
    poll()
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

  func syncReceive(_ descriptor: Int32) throws(Errno) { try base.syncReceive(descriptor) }

  func close(_ descriptor: Int32) throws(Errno) { try base.close(descriptor) }
}

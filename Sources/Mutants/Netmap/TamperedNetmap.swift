internal import CallScript
internal import Netmap
internal import RingMemory
internal import SystemPackage

/// A netmap port of which single calls are replaced.
struct TamperedNetmap: NetmapPort {
  typealias Base = ScriptedNetmap<SimulatedNetmap>
  /// A sync of the right port.
  typealias Sync = () throws(Errno) -> Void

  let base: Base
  let rings: MutantRings
  /// Changes what is asked for.
  var onRegister: (@Sendable (inout NetmapRegistration) -> Void)?
  /// Changes the memory before the backend sees it.
  var onMap: (@Sendable (SharedMemory) throws(Errno) -> Void)?
  /// Replaces asking for the length of the header.
  var onGetHeader: (@Sendable (Base, Int32, String) throws(Errno) -> Int)?
  /// Replaces setting the length of the header.
  var onSetHeader: (@Sendable (Base, Int32, String, Int) throws(Errno) -> Void)?
  /// Replaces the sync of the rings to send from.
  var onTransmit: (@Sendable (MutantRings, Sync) throws(Errno) -> Void)?
  /// Replaces the sync of the rings to receive from.
  var onReceive: (@Sendable (MutantRings, Sync) throws(Errno) -> Void)?
  /// Replaces closing.
  var onClose: (@Sendable (Base, Int32) throws(Errno) -> Void)?

  private let offset = Remembered(0)

  init(_ base: Base, _ rings: MutantRings) {
    self.base = base
    self.rings = rings
  }

  func open() throws(Errno) -> Int32 { try base.open() }

  func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    var request = request
    onRegister?(&request)
    let registered = try base.register(descriptor, request)
    offset.value = registered.offset
    return registered
  }

  func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    let memory = try base.map(descriptor, size: size)
    try onMap?(memory)
    rings.map(memory, at: offset.value, base, descriptor)
    return memory
  }

  func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int {
    guard let onGetHeader else { return try base.headerLength(descriptor, of: port) }
    return try onGetHeader(base, descriptor, port)
  }

  func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno) {
    guard let onSetHeader else {
      return try base.setHeaderLength(descriptor, of: port, to: length)
    }
    try onSetHeader(base, descriptor, port, length)
  }

  func syncTransmit(_ descriptor: Int32) throws(Errno) {
    let sync = { () throws(Errno) in try base.syncTransmit(descriptor) }
    guard let onTransmit else { return try sync() }
    try onTransmit(rings, sync)
  }

  func syncReceive(_ descriptor: Int32) throws(Errno) {
    let sync = { () throws(Errno) in try base.syncReceive(descriptor) }
    guard let onReceive else { return try sync() }
    try onReceive(rings, sync)
  }

  func close(_ descriptor: Int32) throws(Errno) {
    guard let onClose else { return try base.close(descriptor) }
    try onClose(base, descriptor)
  }
}

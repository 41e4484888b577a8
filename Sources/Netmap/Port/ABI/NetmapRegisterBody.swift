package import SystemPackage

/// The body of a request to bind a descriptor, and of the kernel's answer in the same place.
///
/// In memory 56 bytes: `offset` at 0 and `memsize` at 8 (64 bits), `tx_slots` at 16 and `rx_slots` at
/// 20 (32), `tx_rings`, `rx_rings`, `host_tx_rings`, `host_rx_rings`, `mem_id` and `ringid` from 24 on
/// (16 each), `mode` at 36 and `extra_bufs` at 40 (32), `flags` at 48 (64), in the machine's byte order.
///
/// Source: netmap.h, `struct nmreq_register`.
package struct NetmapRegisterBody: Equatable, Sendable {
  /// The fields as they lie in memory.
  package var bytes: NetmapBytes

  /// A body that was found in memory.
  package init(_ bytes: NetmapBytes) { self.bytes = bytes }

  /// Asks for what a registration says.
  ///
  /// - Throws: `EINVAL` if a number of the geometry does not fit its field.
  package init(_ request: NetmapRegistration) throws(Errno) {
    bytes = NetmapBytes(count: NetmapRequestType.register.bodySize)
    try put(request.geometry)
    bytes.put(request.memoryID, at: 32)
    bytes.put(request.ring, at: 34)
    bytes.put(request.mode.rawValue, at: 36)
    bytes.put(request.flags.rawValue, at: 48)
  }

  /// Answers a request.
  ///
  /// - Throws: `EINVAL` if a number does not fit its field.
  package mutating func answer(_ answer: NetmapRegistered) throws(Errno) {
    try put(answer.geometry)
    bytes.put(try exactly(answer.offset, as: UInt64.self), at: 0)
    bytes.put(try exactly(answer.memorySize, as: UInt64.self), at: 8)
    bytes.put(answer.memoryID, at: 32)
  }

  /// What is asked for a port; `nil` if the mode is none.
  package func request(port: String) -> NetmapRegistration? {
    guard let mode = NetmapMode(rawValue: bytes.number(at: 36)) else { return nil }
    return NetmapRegistration(
      port: port,
      mode: mode,
      ring: bytes.number(at: 34),
      flags: NetmapRegistrationFlags(rawValue: bytes.number(at: 48)),
      memoryID: bytes.number(at: 32),
      geometry: geometry
    )
  }

  /// What was given.
  ///
  /// - Throws: `EOVERFLOW` if the memory is larger than a process can have.
  package func registered() throws(Errno) -> NetmapRegistered {
    guard let offset = Int(exactly: bytes.number(at: 0, as: UInt64.self)),
      let size = Int(exactly: bytes.number(at: 8, as: UInt64.self))
    else { throw .overflow }
    return NetmapRegistered(
      offset: offset,
      memorySize: size,
      memoryID: bytes.number(at: 32),
      geometry: geometry
    )
  }

  /// The geometry, in which the length of a buffer stays open: a request has no place for it.
  private var geometry: NetmapGeometry {
    var geometry = NetmapGeometry()
    geometry.transmitSlots = Int(bytes.number(at: 16, as: UInt32.self))
    geometry.receiveSlots = Int(bytes.number(at: 20, as: UInt32.self))
    geometry.transmitRings = Int(bytes.number(at: 24, as: UInt16.self))
    geometry.receiveRings = Int(bytes.number(at: 26, as: UInt16.self))
    geometry.extraBuffers = Int(bytes.number(at: 40, as: UInt32.self))
    return geometry
  }

  private mutating func put(_ geometry: NetmapGeometry) throws(Errno) {
    bytes.put(try exactly(geometry.transmitSlots, as: UInt32.self), at: 16)
    bytes.put(try exactly(geometry.receiveSlots, as: UInt32.self), at: 20)
    bytes.put(try exactly(geometry.transmitRings, as: UInt16.self), at: 24)
    bytes.put(try exactly(geometry.receiveRings, as: UInt16.self), at: 26)
    bytes.put(try exactly(geometry.extraBuffers, as: UInt32.self), at: 40)
  }

  private func exactly<Number: FixedWidthInteger>(
    _ value: Int,
    as type: Number.Type
  ) throws(Errno) -> Number {
    guard let number = Number(exactly: value) else { throw .invalidArgument }
    return number
  }
}

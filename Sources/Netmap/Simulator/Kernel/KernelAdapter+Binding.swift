internal import RingMemory
internal import SystemPackage

extension KernelAdapter {
  /// Throws if somebody will not share one of the rings.
  ///
  /// Source: netmap.c, `netmap_krings_get`.
  func checkSharing(of rings: BoundRings, isExclusive: Bool) throws(Errno) {
    for ring in bound(rings) where ring.isExclusive || isExclusive && ring.users > 0 {
      throw .resourceBusy
    }
  }

  /// Counts those who are bound to rings.
  func count(_ rings: BoundRings, by difference: Int, isExclusive: Bool) {
    for ring in bound(rings) {
      ring.users += difference
      ring.isExclusive = isExclusive
    }
  }

  private func bound(_ rings: BoundRings) -> [KernelRing] {
    rings.transmit.compactMap { transmitRings[$0] } + rings.receive.compactMap { receiveRings[$0] }
  }

  /// Writes a `struct netmap_if` for one descriptor more; returns its offset in bytes.
  ///
  /// Source: netmap_mem2.c, `netmap_mem2_if_new`.
  func writeInterface() throws(Errno) -> Int {
    typealias Interface = NetmapLayout.Interface
    guard let memory else { throw .noMemory }
    let offset = try memory.takeInterface()
    let base = unsafe memory.shared.base + offset
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: KernelMemory.interfaceSize)
    for (index, byte) in name.utf8.prefix(Interface.nameSize - 1).enumerated() {
      unsafe base.storeBytes(of: byte, toByteOffset: Interface.name + index, as: UInt8.self)
    }
    let words = [
      (Interface.flags, 1), (Interface.transmitRings, transmitRings.count),
      (Interface.receiveRings, receiveRings.count), (Interface.hostTransmitRings, 1),
      (Interface.hostReceiveRings, 1),
    ]
    for (place, value) in words {
      unsafe base.storeBytes(of: UInt32(value), toByteOffset: place, as: UInt32.self)
    }
    // The host's rings are not bound, nor is any ring that stays 0.
    let rings = transmitRings + [nil] + receiveRings + [nil]
    for (index, ring) in rings.enumerated() {
      let distance = ring.map { Int64($0.offset - offset) } ?? 0
      let place = Interface.ringOffsets + index * 8
      unsafe base.storeBytes(of: distance, toByteOffset: place, as: Int64.self)
    }
    return offset
  }
}

extension KernelMemory {
  /// The first extra buffer of an interface; 0 is none.
  func extraBuffers(at offset: Int) -> UInt32 {
    unsafe (shared.base + offset + NetmapLayout.Interface.extraBuffers).load(as: UInt32.self)
  }

  /// Sets the first extra buffer of an interface.
  func setExtraBuffers(_ head: UInt32, at offset: Int) {
    let place = offset + NetmapLayout.Interface.extraBuffers
    unsafe shared.base.storeBytes(of: head, toByteOffset: place, as: UInt32.self)
  }
}

extension NetmapGeometry {
  /// The rings that a request is about.
  ///
  /// Source: netmap.c, `netmap_interp_ringid`.
  func rings(of request: NetmapRegistration) throws(Errno) -> BoundRings {
    var rings = BoundRings(transmit: 0..<transmitRings, receive: 0..<receiveRings)
    switch request.mode {
    case .allRings, .pipeMaster, .pipeSlave: break
    case .hostRings, .allAndHostRings: throw .invalidArgument
    case .oneRing:
      let number = Int(request.ring)
      guard number < max(transmitRings, receiveRings) else { throw .invalidArgument }
      let transmit = number < transmitRings ? number : 0
      let receive = number < receiveRings ? number : 0
      rings = BoundRings(transmit: transmit..<transmit + 1, receive: receive..<receive + 1)
    }
    if request.flags.contains(.receiveRingsOnly) { rings.transmit = 0..<0 }
    if request.flags.contains(.transmitRingsOnly) { rings.receive = 0..<0 }
    return rings
  }
}

extension Int {
  /// The number itself from `least` to `most`; a smaller one becomes the usual one, a larger the most.
  ///
  /// Source: netmap.c, `nm_bound_var`.
  func bounded(usual: Int, _ least: Int, _ most: Int) -> Int {
    self < least ? usual : Swift.min(self, most)
  }
}

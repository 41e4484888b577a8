internal import SystemPackage

extension KernelState {
  /// Adds a network card.
  mutating func addInterface(_ name: String, _ geometry: NetmapGeometry) throws(Errno) {
    guard adapters[name] == nil else { throw .fileExists }
    let isSwitchPort = name.hasPrefix("vale")
    guard !name.isEmpty, name.utf8.count <= 15, !isSwitchPort else { throw .invalidArgument }
    let complete = geometry.completed(bufferSize: bufferSize)
    let counts = [
      (complete.transmitSlots, 65_536), (complete.receiveSlots, 65_536),
      (complete.transmitRings, 32), (complete.receiveRings, 32), (complete.bufferSize, 65_536),
    ]
    guard counts.allSatisfy({ $0 >= 1 && $0 <= $1 }) else { throw .invalidArgument }
    adapters[name] = InterfaceAdapter(name, complete, notifier)
  }

  /// The card of a name.
  func interface(_ name: String) throws(Errno) -> InterfaceAdapter {
    guard let adapter = adapters[name] as? InterfaceAdapter else { throw .noSuchAddressOrDevice }
    return adapter
  }

  /// Puts a frame on the wire.
  func inject(_ bytes: UnsafeRawBufferPointer, into name: String, _ number: Int) throws(Errno) {
    let adapter = try interface(name)
    guard adapter.waiting.indices.contains(number) else { throw .invalidArgument }
    guard let ring = adapter.receiveRings[number],
      bytes.count <= (Int(ring.view.slotCount) - 1) * ring.view.longestSlot
    else {
      adapter.counters.missed += 1
      return
    }
    unsafe adapter.waiting[number].append(bytes, ring: number)
    adapter.announceArrival(on: number)
  }
}

extension NetmapGeometry {
  /// The geometry with what was left open as the kernel chooses it.
  func completed(bufferSize: Int) -> NetmapGeometry {
    var geometry = self
    if transmitSlots == 0 { geometry.transmitSlots = 1024 }
    if receiveSlots == 0 { geometry.receiveSlots = 1024 }
    if transmitRings == 0 { geometry.transmitRings = 1 }
    if receiveRings == 0 { geometry.receiveRings = 1 }
    if self.bufferSize == 0 { geometry.bufferSize = bufferSize }
    geometry.extraBuffers = 0
    return geometry
  }
}

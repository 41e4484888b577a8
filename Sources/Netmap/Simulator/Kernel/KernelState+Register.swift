internal import RingMemory
internal import SystemPackage

extension KernelState {
  /// Binds a descriptor to a port, which is made if it is one of a switch or a pipe.
  ///
  /// Source: netmap.c, `netmap_do_regif`.
  mutating func register(
    _ number: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    let descriptor = try descriptor(number)
    guard descriptor.adapter == nil else { throw .resourceBusy }
    let adapter = try adapter(for: request)
    do throws(Errno) {
      let rings = try adapter.geometry.rings(of: request)
      try adapter.checkSharing(of: rings, isExclusive: request.flags.contains(.exclusive))
      try adapter.makeMemory(&identifiers)
      try adapter.makeRings(rings)
      return try bind(descriptor, to: adapter, rings, request)
    } catch {
      adapter.dropUnusedRings()
      forget(adapter)
      throw error
    }
  }

  private func bind(
    _ descriptor: KernelDescriptor,
    to adapter: KernelAdapter,
    _ rings: BoundRings,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    guard let memory = adapter.memory else { throw .noMemory }
    let offset = try adapter.writeInterface()
    let extra = memory.takeExtraBuffers(request.geometry.extraBuffers.bounded(usual: 0, 0, 1 << 19))
    memory.setExtraBuffers(extra.head, at: offset)
    descriptor.adapter = adapter
    descriptor.rings = rings
    descriptor.interfaceOffset = offset
    descriptor.sendsOnPoll = !request.flags.contains(.noTransmitPoll)
    adapter.count(rings, by: 1, isExclusive: request.flags.contains(.exclusive))
    adapter.descriptors.append(descriptor)
    if adapter.descriptors.count == 1 { adapter.start() }
    var geometry = adapter.geometry
    geometry.extraBuffers = extra.count
    return NetmapRegistered(
      offset: offset,
      memorySize: memory.region.size,
      memoryID: memory.identifier,
      geometry: geometry
    )
  }

  /// Undoes ``bind(_:to:_:_:)``.
  mutating func unbind(_ descriptor: KernelDescriptor, from adapter: KernelAdapter) {
    adapter.descriptors.removeAll { $0 === descriptor }
    adapter.count(descriptor.rings, by: -1, isExclusive: false)
    if adapter.descriptors.isEmpty { adapter.stop() }
    if let memory = adapter.memory {
      memory.giveBackExtraBuffers(from: memory.extraBuffers(at: descriptor.interfaceOffset))
      memory.giveBackInterface(at: descriptor.interfaceOffset)
    }
    descriptor.adapter = nil
    adapter.dropUnusedRings()
    forget(adapter)
  }
}

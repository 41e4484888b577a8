internal import SystemPackage

/// One port as the kernel has it: its rings, its memory, and what a sync does with them.
///
/// Source: netmap_kern.h, `struct netmap_adapter`.
class KernelAdapter {
  /// The name in full, the switch or the pipe included.
  let name: String
  /// What the port has; the number of extra buffers is each descriptor's own.
  let geometry: NetmapGeometry
  /// The memory of the rings, while there are any.
  var memory: KernelMemory?
  /// The rings that exist; one that nobody has bound does not.
  var transmitRings: [KernelRing?]
  var receiveRings: [KernelRing?]
  /// The descriptors that the port is bound to.
  var descriptors: [KernelDescriptor] = []
  /// The pipes that belong to the port.
  var pipes = 0
  /// What happened to the port's frames.
  var counters = SimulatedNetmapCounters()
  /// Who is told that frames arrived.
  let notifier: ArrivalNotifier

  init(_ name: String, _ geometry: NetmapGeometry, _ notifier: ArrivalNotifier) {
    self.name = name
    self.geometry = geometry
    self.notifier = notifier
    transmitRings = Array(repeating: nil, count: geometry.transmitRings)
    receiveRings = Array(repeating: nil, count: geometry.receiveRings)
  }

  /// The length in bytes of the vnet header in front of the port's frames.
  var headerLength: Int { 0 }

  /// Maps memory for the rings if there is none yet.
  func makeMemory(_ identifiers: inout IndexPool) throws(Errno) {
    if memory != nil { return }
    guard let identifier = identifiers.take() else { throw .noMemory }
    do throws(Errno) {
      memory = try KernelMemory(identifier: UInt16(identifier), geometry)
    } catch {
      identifiers.giveBack(identifier)
      throw error
    }
  }

  /// Gives the memory back when nobody uses it any more.
  func releaseMemory(_ identifiers: inout IndexPool) {
    if let memory { identifiers.giveBack(Int(memory.identifier)) }
    memory = nil
  }

  /// Makes the rings that a descriptor is to be bound to; undoes it if it fails.
  func makeRings(_ bound: BoundRings) throws(Errno) {
    do throws(Errno) {
      // Those to receive from lie in front.
      for number in bound.receive { try makeRing(number, isTransmit: false) }
      for number in bound.transmit { try makeRing(number, isTransmit: true) }
    } catch {
      dropUnusedRings()
      throw error
    }
  }

  private func makeRing(_ number: Int, isTransmit: Bool) throws(Errno) {
    guard let memory else { throw .noMemory }
    if isTransmit, transmitRings[number] == nil {
      let slots = geometry.transmitSlots
      transmitRings[number] = try memory.takeRing(number, isTransmit: true, slots: slots)
    } else if !isTransmit, receiveRings[number] == nil {
      let slots = geometry.receiveSlots
      receiveRings[number] = try memory.takeRing(number, isTransmit: false, slots: slots)
    }
  }

  /// Gives the rings back that nobody is bound to.
  func dropUnusedRings() {
    for number in receiveRings.indices where receiveRings[number]?.users == 0 {
      if let ring = receiveRings[number] { memory?.giveBack(ring) }
      receiveRings[number] = nil
    }
    for number in transmitRings.indices where transmitRings[number]?.users == 0 {
      if let ring = transmitRings[number] { memory?.giveBack(ring) }
      transmitRings[number] = nil
    }
  }

  /// Called when the first descriptor was bound.
  func start() {}

  /// Called when the last descriptor was closed.
  func stop() {}

  /// Sends what is in front of the head that was read last.
  func transmit(_ ring: KernelRing) {}

  /// Takes back what the program released, and shows it what has arrived.
  func receive(_ ring: KernelRing) {}

  /// Says to everybody who is bound to a ring that frames arrived.
  final func announceArrival(on ring: Int) {
    guard notifier.hasListeners else { return }
    for descriptor in descriptors where descriptor.rings.receive.contains(ring) {
      notifier.enqueue(descriptor)
    }
  }
}

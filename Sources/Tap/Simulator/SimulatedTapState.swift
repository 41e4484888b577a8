internal import DequeModule
internal import SystemPackage

/// The tables of the simulated kernel.
struct SimulatedTapState {
  /// The descriptors, by number; a closed one leaves a gap that the next one takes.
  var descriptors: [SimulatedDescriptor?] = []
  /// The interfaces; a removed one leaves a gap that is not used again.
  var interfaces: [SimulatedInterface?] = [SimulatedInterface(name: "lo", flags: [])]
  /// The flags that the driver knows.
  var features: TapFlags
  /// The offloads that the driver knows.
  var offloads: TapOffloads

  /// The number of the first descriptor: the three below are taken in any process.
  static let firstDescriptor: Int32 = 3

  /// Takes the lowest free number.
  mutating func open(_ descriptor: SimulatedDescriptor) -> Int32 {
    let slot = descriptors.firstIndex { $0 == nil } ?? descriptors.count
    if slot == descriptors.count { descriptors.append(nil) }
    descriptors[slot] = descriptor
    return Int32(slot) + Self.firstDescriptor
  }

  /// Where an open descriptor stands in the table.
  func slot(_ descriptor: Int32) throws(Errno) -> Int {
    let slot = Int(descriptor) - Int(Self.firstDescriptor)
    guard descriptors.indices.contains(slot), descriptors[slot] != nil else {
      throw .badFileDescriptor
    }
    return slot
  }

  /// Where the interface that a control descriptor is attached to stands in the table.
  func attached(_ descriptor: Int32) throws(Errno) -> Int {
    let entry = descriptors[try slot(descriptor)]
    guard entry?.kind == .control else { throw .inappropriateIOCTLForDevice }
    guard let interface = entry?.interface else { throw .badFileDescriptorState }
    return interface
  }

  /// Where the interface called `name` stands in the table.
  func index(of name: String) throws(Errno) -> Int {
    guard let index = interfaces.firstIndex(where: { $0?.name == name }) else {
      throw .operationNotSupportedByDevice
    }
    return index
  }

  /// Removes an interface; the descriptors attached to it find their frames gone.
  mutating func removeInterface(at index: Int) {
    for queue in interfaces[index]?.queues ?? [] {
      guard let slot = try? slot(queue) else { continue }
      descriptors[slot]?.interface = nil
      descriptors[slot]?.waiting = []
    }
    interfaces[index] = nil
  }

  /// Closes a descriptor; an interface that is not persistent goes with its last one.
  mutating func close(_ descriptor: Int32) throws(Errno) {
    let slot = try slot(descriptor)
    let interface = descriptors[slot]?.interface
    descriptors[slot] = nil
    guard let interface else { return }
    interfaces[interface]?.queues.removeAll { $0 == descriptor }
    let isKept = interfaces[interface].map {
      $0.flags.contains(.persistent) || !$0.queues.isEmpty
    }
    if isKept == false { removeInterface(at: interface) }
  }
}

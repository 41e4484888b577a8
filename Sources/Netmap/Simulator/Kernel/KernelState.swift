internal import SystemPackage

/// The tables of the simulated kernel.
struct KernelState {
  /// The descriptors, by number; a closed one leaves a gap that the next one takes.
  var descriptors: [KernelDescriptor?] = []
  /// The ports by name, those of switches and pipes as long as somebody is bound to them.
  var adapters: [String: KernelAdapter] = [:]
  /// The switches by name.
  var switches: [String: ValeSwitch] = [:]
  /// The numbers of regions; 1 is the one that real network cards share.
  var identifiers = IndexPool(count: 1 << 16)
  /// The length in bytes of the buffers of new ports.
  var bufferSize: Int
  /// The most slots that a ring of a switch has.
  let slotLimit: Int
  let notifier = ArrivalNotifier()
  /// The work area of the switches, made with the first of them.
  lazy var forwarding = ForwardingTable()

  /// The number of the first descriptor: the three below are taken in any process.
  static let firstDescriptor: Int32 = 3

  init(bufferSize: Int, slotLimit: Int) {
    self.bufferSize = bufferSize
    self.slotLimit = slotLimit
    _ = identifiers.take()
    _ = identifiers.take()
  }

  /// Takes the lowest free number.
  mutating func open() -> Int32 {
    let slot = descriptors.firstIndex { $0 == nil } ?? descriptors.count
    if slot == descriptors.count { descriptors.append(nil) }
    descriptors[slot] = KernelDescriptor()
    return Int32(slot) + Self.firstDescriptor
  }

  /// An open descriptor.
  func descriptor(_ number: Int32) throws(Errno) -> KernelDescriptor {
    let slot = Int(number) - Int(Self.firstDescriptor)
    guard descriptors.indices.contains(slot), let descriptor = descriptors[slot] else {
      throw .badFileDescriptor
    }
    return descriptor
  }

  /// Closes a descriptor.
  mutating func close(_ number: Int32) throws(Errno) {
    let descriptor = try descriptor(number)
    descriptors[Int(number) - Int(Self.firstDescriptor)] = nil
    descriptor.arrivalHook = nil
    if let adapter = descriptor.adapter { unbind(descriptor, from: adapter) }
  }

  /// Lets go of everything, as parts of it hold each other.
  mutating func shutDown() {
    for slot in descriptors.indices { try? close(Int32(slot) + Self.firstDescriptor) }
    for case let port as ValePort in adapters.values { port.valeSwitch?.detach(port) }
    adapters = [:]
  }
}

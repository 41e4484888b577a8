public import RingMemory
public import SystemPackage

/// The system calls of a simulated netmap.
public struct SimulatedNetmap: NetmapPort {
  /// The kernel that the calls go to.
  public let kernel: SimulatedNetmapKernel

  /// Creates a port to `kernel`.
  public init(kernel: SimulatedNetmapKernel) { self.kernel = kernel }

  /// Opens the control device.
  public func open() throws(Errno) -> Int32 {
    try kernel.locked { (state) in state.open() }
  }

  /// Binds a descriptor to a port.
  ///
  /// - Throws: `EBUSY` for a descriptor that is bound or rings that are not shared, `ENXIO` without
  ///   the network card, `ENOMEM` for a switch whose name is none, `EINVAL` for rings that are not.
  public func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered {
    try kernel.locked { (state) throws(Errno) -> NetmapRegistered in
      try state.register(descriptor, request)
    }
  }

  /// Maps the memory that a bound descriptor shares with the kernel.
  ///
  /// - Throws: `EINVAL` for a descriptor that is not bound, or more than there is.
  public func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    try kernel.locked { (state) throws(Errno) -> SharedMemory in
      try state.map(descriptor, size)
    }
  }

  /// The length in bytes of the vnet header of a port.
  ///
  /// - Throws: `ENXIO` without the port.
  public func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int {
    try kernel.locked { (state) throws(Errno) -> Int in
      _ = try state.descriptor(descriptor)
      guard let adapter = state.adapters[port] else { throw .noSuchAddressOrDevice }
      return adapter.headerLength
    }
  }

  /// Sets the length in bytes of the vnet header of a port.
  ///
  /// - Throws: `EINVAL` if it is not 0, 10 or 12, `ENXIO` without a port of that name on a switch.
  public func setHeaderLength(
    _ descriptor: Int32,
    of port: String,
    to length: Int
  ) throws(Errno) {
    try kernel.locked { (state) throws(Errno) in
      _ = try state.descriptor(descriptor)
      try state.setHeaderLength(of: port, to: length)
    }
  }

  /// Hands over the slots in front of `head` of the rings to send from.
  ///
  /// - Throws: `ENXIO` for a descriptor that is not bound.
  public func syncTransmit(_ descriptor: Int32) throws(Errno) {
    let isPending = try kernel.locked { (state) throws(Errno) -> Bool in
      try state.syncTransmit(descriptor)
      return state.notifier.isPending
    }
    if isPending { kernel.callHooks() }
  }

  /// Hands back the slots in front of `head` of the rings to receive from.
  ///
  /// - Throws: `ENXIO` for a descriptor that is not bound.
  public func syncReceive(_ descriptor: Int32) throws(Errno) {
    try kernel.locked { (state) throws(Errno) in try state.syncReceive(descriptor) }
  }

  /// Closes a descriptor.
  public func close(_ descriptor: Int32) throws(Errno) {
    try kernel.locked { (state) throws(Errno) in try state.close(descriptor) }
  }
}

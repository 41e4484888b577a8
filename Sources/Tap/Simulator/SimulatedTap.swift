public import CallScript
public import Glibc
internal import Synchronization
public import SystemPackage

/// The system calls of a simulated kernel.
public struct SimulatedTap: TapPort {
  /// The kernel that the calls go to.
  public let kernel: SimulatedTapKernel

  /// Creates a port to `kernel`.
  public init(kernel: SimulatedTapKernel) { self.kernel = kernel }

  /// Opens the control device for reading and writing, non-blocking and close-on-exec.
  public func openControl() throws(Errno) -> Int32 {
    try kernel.locked { (state) in
      state.open(SimulatedDescriptor(kind: .control, flags: [.nonBlocking, .closeOnExec]))
    }
  }

  /// The flags that the driver knows.
  public func deviceFeatures(_ descriptor: Int32) throws(Errno) -> TapFlags {
    try kernel.locked { (state) throws(Errno) -> TapFlags in
      _ = try state.slot(descriptor)
      return state.features
    }
  }

  /// Attaches a descriptor to the interface called `name`; returns the name in the end.
  public func attach(
    _ descriptor: Int32,
    to name: String,
    flags: TapFlags
  ) throws(Errno) -> String {
    try kernel.locked { (state) throws(Errno) -> String in
      try state.attach(descriptor, to: name, flags)
    }
  }

  /// The interface that a descriptor is attached to.
  public func attachment(_ descriptor: Int32) throws(Errno) -> TapAttachment {
    try kernel.locked { (state) throws(Errno) -> TapAttachment in
      guard let interface = state.interfaces[try state.attached(descriptor)] else {
        throw .badFileDescriptorState
      }
      return TapAttachment(name: interface.name, flags: interface.flags)
    }
  }

  /// Sets the length in bytes of the vnet header.
  public func setHeaderLength(_ descriptor: Int32, to length: Int) throws(Errno) {
    try kernel.locked { (state) throws(Errno) in
      let index = try state.attached(descriptor)
      guard length >= 10 else { throw .invalidArgument }
      state.interfaces[index]?.headerLength = length
    }
  }

  /// Sets what the interface may hand over undone.
  public func setOffloads(_ descriptor: Int32, to offloads: TapOffloads) throws(Errno) {
    try kernel.locked { (state) throws(Errno) in
      let index = try state.attached(descriptor)
      guard offloads.areConsistent, offloads.isSubset(of: state.offloads) else {
        throw .invalidArgument
      }
      state.interfaces[index]?.offloads = offloads
    }
  }

  /// Makes a descriptor non-blocking.
  public func setNonBlocking(_ descriptor: Int32) throws(Errno) {
    try insert(.nonBlocking, descriptor)
  }

  /// Makes a descriptor close-on-exec.
  public func setCloseOnExec(_ descriptor: Int32) throws(Errno) {
    try insert(.closeOnExec, descriptor)
  }

  /// The flags of a descriptor.
  public func descriptorFlags(_ descriptor: Int32) throws(Errno) -> DescriptorFlags {
    try kernel.locked { (state) throws(Errno) -> DescriptorFlags in
      state.descriptors[try state.slot(descriptor)]?.flags ?? []
    }
  }

  /// Closes a descriptor or a socket.
  public func close(_ descriptor: Int32) throws(Errno) {
    try kernel.locked { (state) throws(Errno) in try state.close(descriptor) }
  }

  private func insert(_ flag: DescriptorFlags, _ descriptor: Int32) throws(Errno) {
    try kernel.locked { (state) throws(Errno) in
      let slot = try state.slot(descriptor)
      state.descriptors[slot]?.flags.insert(flag)
    }
  }
}

extension SimulatedTap {
  /// Opens a socket for calls on interfaces.
  public func openSocket() throws(Errno) -> Int32 {
    try kernel.locked { (state) in
      state.open(SimulatedDescriptor(kind: .socket, flags: .closeOnExec))
    }
  }

  /// The state of the interface called `name`.
  public func interfaceFlags(
    _ socket: Int32,
    of name: String
  ) throws(Errno) -> InterfaceFlags {
    try kernel.locked { (state) throws(Errno) -> InterfaceFlags in
      _ = try state.slot(socket)
      return state.interfaces[try state.index(of: name)]?.isUp == true ? .up : []
    }
  }

  /// Sets the state of the interface called `name`.
  public func setInterfaceFlags(
    _ socket: Int32,
    of name: String,
    to flags: InterfaceFlags
  ) throws(Errno) {
    try kernel.locked { (state) throws(Errno) in
      _ = try state.slot(socket)
      let index = try state.index(of: name)
      state.interfaces[index]?.isUp = flags.contains(.up)
    }
  }

  /// Writes one frame, vnet header first; returns the bytes written.
  public func write(
    _ descriptor: Int32,
    elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    try kernel.locked { (state) throws(Errno) -> Int in
      try unsafe state.write(descriptor, elements)
    }
  }

  /// Reads one frame, vnet header first; returns the bytes read.
  public func read(
    _ descriptor: Int32,
    elements: UnsafeBufferPointer<iovec>
  ) throws(Errno) -> Int {
    try kernel.locked { (state) throws(Errno) -> Int in
      try unsafe state.read(descriptor, elements)
    }
  }
}

extension TapOffloads {
  /// Whether the kernel takes this combination.
  ///
  /// Source: Linux `set_offload`; measured on 6.18.
  var areConsistent: Bool {
    let needsTCP = contains(.congestionNotification) && isDisjoint(with: [.tcp4, .tcp6])
    return (isEmpty || contains(.checksum)) && !needsTCP && isSubset(of: .all)
      && contains(.udpSegments4) == contains(.udpSegments6)
  }
}

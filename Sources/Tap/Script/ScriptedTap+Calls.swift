public import CallScript
public import SystemPackage

extension ScriptedTap {
  /// Opens the control device for reading and writing, non-blocking and close-on-exec.
  public func openControl() throws(Errno) -> Int32 {
    try opening(.open) { () throws(Errno) in try base.openControl() }
  }

  /// Opens a socket for calls on interfaces.
  public func openSocket() throws(Errno) -> Int32 {
    try opening(.socket) { () throws(Errno) in try base.openSocket() }
  }

  private func opening(
    _ name: CallName,
    _ body: () throws(Errno) -> Int32
  ) throws(Errno) -> Int32 {
    try call(name, value: { Int32(clamping: $0) }, number: { Int($0) }) { () throws(Errno) in
      let descriptor = try body()
      let flags = try? base.descriptorFlags(descriptor)
      script.enter { $0.opened(descriptor, isInherited: flags?.contains(.closeOnExec) == false) }
      return descriptor
    }
  }

  /// Closes a descriptor or a socket.
  public func close(_ descriptor: Int32) throws(Errno) {
    // Whatever becomes of the call, the backend has given the descriptor back, and as with the
    // kernel's own close it is gone then, also if a fault says that closing failed.
    script.enter { $0.closed(descriptor) }
    let closing = Result { () throws(Errno) in try base.close(descriptor) }
    try call(.close, on: descriptor) { () throws(Errno) in try closing.get() }
  }

  /// The flags that the driver knows.
  public func deviceFeatures(_ descriptor: Int32) throws(Errno) -> TapFlags {
    try call(
      .getFeatures,
      on: descriptor,
      value: { TapFlags(rawValue: Int32(clamping: $0)) },
      number: { Int($0.rawValue) }
    ) { () throws(Errno) in try base.deviceFeatures(descriptor) }
  }

  /// Attaches a descriptor to the interface called `name`; returns the name in the end.
  public func attach(
    _ descriptor: Int32,
    to name: String,
    flags: TapFlags
  ) throws(Errno) -> String {
    try call(
      .setInterface,
      on: descriptor,
      argument: Int(flags.rawValue),
      value: { _ in name },
      number: { _ in 0 }
    ) { () throws(Errno) in
      let actual = try base.attach(descriptor, to: name, flags: flags)
      headers[descriptor] = flags.contains(.vnetHeader) ? 10 : 0
      return actual
    }
  }

  /// The interface that a descriptor is attached to.
  public func attachment(_ descriptor: Int32) throws(Errno) -> TapAttachment {
    try call(
      .getInterface,
      on: descriptor,
      value: { TapAttachment(name: "", flags: TapFlags(rawValue: Int32(clamping: $0))) },
      number: { Int($0.flags.rawValue) }
    ) { () throws(Errno) in try base.attachment(descriptor) }
  }

  /// Sets the length in bytes of the vnet header.
  public func setHeaderLength(_ descriptor: Int32, to length: Int) throws(Errno) {
    try call(.setHeaderLength, on: descriptor, argument: length) { () throws(Errno) in
      try base.setHeaderLength(descriptor, to: length)
      headers[descriptor] = length
    }
  }

  /// Sets what the interface may hand over undone.
  public func setOffloads(_ descriptor: Int32, to offloads: TapOffloads) throws(Errno) {
    try call(.setOffloads, on: descriptor, argument: Int(offloads.rawValue)) { () throws(Errno) in
      try base.setOffloads(descriptor, to: offloads)
    }
  }
}

extension ScriptedTap {
  /// Makes a descriptor non-blocking.
  public func setNonBlocking(_ descriptor: Int32) throws(Errno) {
    try call(.setNonBlocking, on: descriptor) { () throws(Errno) in
      try base.setNonBlocking(descriptor)
    }
  }

  /// Makes a descriptor close-on-exec.
  public func setCloseOnExec(_ descriptor: Int32) throws(Errno) {
    try call(.setCloseOnExec, on: descriptor) { () throws(Errno) in
      try base.setCloseOnExec(descriptor)
    }
  }

  /// The flags of a descriptor.
  public func descriptorFlags(_ descriptor: Int32) throws(Errno) -> DescriptorFlags {
    try call(
      .getFlags,
      on: descriptor,
      value: { DescriptorFlags(rawValue: Int32(clamping: $0)) },
      number: { Int($0.rawValue) }
    ) { () throws(Errno) in try base.descriptorFlags(descriptor) }
  }

  /// The state of the interface called `name`.
  public func interfaceFlags(
    _ socket: Int32,
    of name: String
  ) throws(Errno) -> InterfaceFlags {
    try call(
      .getInterfaceFlags,
      on: socket,
      value: { InterfaceFlags(rawValue: Int32(clamping: $0)) },
      number: { Int($0.rawValue) }
    ) { () throws(Errno) in try base.interfaceFlags(socket, of: name) }
  }

  /// Sets the state of the interface called `name`.
  public func setInterfaceFlags(
    _ socket: Int32,
    of name: String,
    to flags: InterfaceFlags
  ) throws(Errno) {
    let argument = Int(flags.rawValue)
    try call(.setInterfaceFlags, on: socket, argument: argument) { () throws(Errno) in
      try base.setInterfaceFlags(socket, of: name, to: flags)
    }
  }
}

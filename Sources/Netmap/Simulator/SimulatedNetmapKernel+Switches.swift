public import SystemPackage

extension SimulatedNetmapKernel {
  /// Adds a port to a switch that stays when nobody is bound to it, in the state that somebody else
  /// left it in.
  ///
  /// - Parameter headerLength: The length of its vnet header: 0, 10 or 12 bytes.
  /// - Throws: `EEXIST` if there is one of that name, `EINVAL` for another length, `ENOMEM` if it is
  ///   no name of a port, or there is no room for it.
  public func addSwitchPort(
    _ name: String,
    geometry: NetmapGeometry = NetmapGeometry(),
    headerLength: Int = 0
  ) throws(Errno) {
    guard [0, 10, 12].contains(headerLength) else { throw .invalidArgument }
    try locked { (state) throws(Errno) in
      guard state.adapters[name] == nil else { throw .fileExists }
      let port = try state.addSwitchPort(name, geometry)
      port.isPersistent = true
      port.setHeaderLength(headerLength)
    }
  }

  /// Removes such a port, at once or when the last descriptor that is bound to it is closed.
  ///
  /// - Throws: `ENXIO` without one.
  public func removeSwitchPort(_ name: String) throws(Errno) {
    try locked { (state) throws(Errno) in
      guard let port = state.adapters[name] as? ValePort, port.isPersistent else {
        throw .noSuchAddressOrDevice
      }
      port.isPersistent = false
      state.forget(port)
    }
  }

  /// The names of all ports, those of network cards and both ends of pipes included.
  public var portNames: [String] {
    state.withLock { (state) in state.adapters.keys.sorted() }
  }
}

public import SystemPackage

extension SimulatedNetmapKernel {
  /// The descriptors that are open.
  public var openDescriptors: [Int32] {
    state.withLock { (state) in
      state.descriptors.indices.filter { state.descriptors[$0] != nil }.map {
        Int32($0) + KernelState.firstDescriptor
      }
    }
  }

  /// Calls `hook` whenever frames arrived for a descriptor; `nil` ends that.
  ///
  /// The call comes from whoever sent them, after the sync and outside the kernel's lock, so that a far
  /// side can drain its ring at once.
  ///
  /// - Throws: `EBADF` if the descriptor is closed.
  public func onArrival(
    _ descriptor: Int32,
    _ hook: (@Sendable () -> Void)?
  ) throws(Errno) {
    try locked { (state) throws(Errno) in
      try state.descriptor(descriptor).arrivalHook = hook
      if hook != nil { state.notifier.hasListeners = true }
    }
  }
}

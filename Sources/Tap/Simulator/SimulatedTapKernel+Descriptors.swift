public import CallScript
internal import Synchronization
public import SystemPackage

extension SimulatedTapKernel {
  /// The descriptors that are open.
  public var openDescriptors: [Int32] {
    state.withLock { (state) in
      state.descriptors.indices.filter { state.descriptors[$0] != nil }.map {
        Int32($0) + SimulatedTapState.firstDescriptor
      }
    }
  }

  /// Whether a read of the descriptor finds a frame.
  public func isReadable(_ descriptor: Int32) -> Bool {
    state.withLock { (state) in
      guard let slot = try? state.slot(descriptor) else { return false }
      return state.descriptors[slot]?.waiting.isEmpty == false
    }
  }

  /// Whether `poll` reports an error: the descriptor is closed, or attached to nothing.
  public func isHungUp(_ descriptor: Int32) -> Bool {
    state.withLock { (state) in
      guard let slot = try? state.slot(descriptor) else { return true }
      return state.descriptors[slot]?.interface == nil
    }
  }

  /// Sets the flags of a descriptor, as its former owner may have left them.
  public func setFlags(_ flags: DescriptorFlags, of descriptor: Int32) throws(Errno) {
    try locked { (state) throws(Errno) in
      let slot = try state.slot(descriptor)
      state.descriptors[slot]?.flags = flags
    }
  }
}

internal import SystemPackage

/// The kernel's side of netmap, in memory: network cards, pipes, VALE switches.
///
/// It keeps to what was measured on netmap 89607e1. A backend uses it through ``SimulatedNetmap``; the
/// far side of a card through the methods here; the far side of a pipe or a VALE port is another
/// descriptor.
///
/// Not simulated: rings to and from the host's stack, cards attached to a switch, monitors, offsets
/// into buffers, and a chain of 256 fragments or more on a VALE port, with which the real kernel does
/// not come back: here it is dropped and counted.
public final class SimulatedNetmapKernel: Sendable {
  let state: KernelLock

  /// Creates a kernel without a network card.
  ///
  /// - Parameters:
  ///   - bufferSize: The length in bytes of the buffers of switches and pipes: `priv_buf_size`.
  ///   - slotLimit: The most slots that a ring of a switch has; the kernel's own limit is 4096.
  public init(bufferSize: Int = 2048, slotLimit: Int = 4096) {
    state = KernelLock(KernelState(bufferSize: bufferSize, slotLimit: slotLimit))
  }

  deinit { state.withLock { (state) in state.shutDown() } }

  /// The port through which a backend uses this kernel.
  public var port: SimulatedNetmap { SimulatedNetmap(kernel: self) }

  func locked<Result: Sendable>(
    _ body: (inout KernelState) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    try state.withLock { (state) throws(Errno) -> Result in try body(&state) }
  }

  /// Changes the length in bytes of the buffers of ports that are made from now on.
  public func setBufferSize(_ size: Int) {
    state.withLock { (state) in state.bufferSize = size }
  }

  /// Calls the hooks of those for whom frames arrived, one after the other and outside the lock.
  func callHooks() {
    while let hook = state.withLock({ (state) in state.notifier.next() }) { hook() }
  }
}

public import NetBackend

/// What one step of a script does.
///
/// The first group are the calls of the contract; the others use an instrument of the test bench.
public indirect enum Action: Equatable, Sendable {
  // The contract.

  /// Opens a backend under a name, or under the bench's own if there is none.
  case open(name: String?, descriptor: SuppliedDescriptor?)
  /// Closes the backend.
  case close
  /// Sends one frame, split into elements of these lengths in bytes; none means one element.
  case send(FramePattern, elements: [Int])
  /// Sends elements that claim these lengths in bytes, whatever memory is behind them.
  case sendClaiming([UInt])
  /// Asks for the length of the next frame.
  case peek
  /// Receives into elements of these lengths in bytes; long ones are claimed, not backed by memory.
  case receive(into: [UInt])
  /// Discards the next frame.
  case discard
  /// Enables receive.
  case enableReceive
  /// Disables receive.
  case disableReceive
  /// Asks for the features that are offered.
  case offeredFeatures
  /// Sets features and the header length in bytes.
  case setFeatures(VirtioNetFeatures, headerLength: Int)
  /// Asks for the header length in use.
  case headerLength

  // The event loop and the callback.

  /// Turns the event loop that many times and counts the callbacks.
  case runLoop(turns: Int)
  /// Turns the event loop until that many callbacks have begun.
  case awaitCallbacks(Int)
  /// Says what each callback does from now on.
  case whenCalledBack([Step])
  /// In a callback: stays there for a moment, until another thread's call has returned.
  case linger

  // The far side.

  /// Puts frames on the link for the backend to receive.
  case inject([FramePattern])
  /// Puts one frame on the link with an offload header that the kernel is to honour.
  case injectOffloaded(FramePattern, header: VirtioNetHeader)
  /// Takes what the backend has sent since the last time; waits for `count` frames.
  case collect(count: Int)
  /// Changes the link.
  case link(LinkState)

  // System calls.

  /// Makes coming system calls go wrong.
  case fault(SystemCallFault)
  /// Takes the record of the system calls since the last time, those of these names.
  case calls([String])
  /// Inspects the ledger of descriptors.
  case ledger
  /// Sets the thread's `errno`.
  case setErrno(Int32)

  // Rings.

  /// Does something to a ring that the backend shares with its device, or asks about it.
  case ring(RingAction)

  // Netbacks.

  /// Does something as a netback's frontend, or asks about the netback.
  case xen(XenAction)

  // The rest.

  /// Reads the sum of the backend's drop counters.
  case drops
  /// Selects among prefixes, registered in this order, by name.
  case select(name: String, prefixes: [String])
  /// Brings the device into a state that a previous owner might have left it in.
  case prepare(DeviceState)
  /// Advances the virtual clock, in nanoseconds.
  case advanceClock(UInt64)
  /// Plays lanes of steps, each on a thread of its own, at the same time.
  case together([[Step]])
  /// Plays steps several times; the round is added to the seed of each frame.
  case repeated(Int, [Step])
}

/// What a link can be put into.
public enum LinkState: String, CaseIterable, Sendable {
  /// Frames pass.
  case up
  /// No frame passes.
  case down
  /// The interface is deleted.
  case removed
}

/// The state of a descriptor that is handed to a backend to take over.
public enum SuppliedDescriptor: String, CaseIterable, Sendable {
  /// An attached tap with vnet headers, blocking and inherited by child processes.
  case blocking
  /// An attached tap without vnet headers.
  case withoutHeader
  /// An attached tap whose vnet header is 20 bytes long.
  case header20
  /// A tun, which carries no Ethernet header.
  case tun
  /// A control descriptor that no interface is attached to.
  case unattached
}

/// What a previous owner may have left of a device.
public enum DeviceState: String, CaseIterable, Sendable {
  /// The interface keeps a vnet header of 20 bytes and offloads.
  case header20
  /// The interface, or the port of a switch, stays and keeps a vnet header of 12 bytes.
  case header12
  /// The interface was created for several queues.
  case multiQueue
  /// Another process has the interface attached.
  case busy
  /// The kernel has no vnet header.
  case withoutHeaderSupport
}

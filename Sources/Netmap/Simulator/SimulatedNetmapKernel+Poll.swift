/// What a poll waits for, and what it finds.
public struct SimulatedPollEvents: OptionSet, Hashable, Sendable {
  /// The bits, as `poll` has them.
  public let rawValue: Int16
  /// Creates events from their bits.
  public init(rawValue: Int16) { self.rawValue = rawValue }
  /// `POLLIN`: there are frames that the program has not looked at.
  public static let readable = SimulatedPollEvents(rawValue: 0x1)
  /// `POLLOUT`: there are slots to send from.
  public static let writable = SimulatedPollEvents(rawValue: 0x4)
  /// `POLLERR`: the descriptor is not bound, or the indices of a ring were impossible.
  public static let error = SimulatedPollEvents(rawValue: 0x8)
  /// `POLLNVAL`: the descriptor is not open.
  public static let invalid = SimulatedPollEvents(rawValue: 0x20)
}

extension SimulatedNetmapKernel {
  /// Polls a descriptor without waiting, which syncs its rings as the kernel does.
  ///
  /// Rings to send from are synced if room is asked for, and, unless the descriptor was bound without
  /// that, also if only frames are.
  public func poll(
    _ descriptor: Int32,
    for events: SimulatedPollEvents
  ) -> SimulatedPollEvents {
    let (found, isPending) = state.withLock { (state) in
      (state.poll(descriptor, for: events), state.notifier.isPending)
    }
    if isPending { callHooks() }
    return found
  }
}

/// What happened at the seam of a tap backend, in one order.
public enum TapRecordEntry: Equatable, Sendable {
  /// A system call.
  case call(TapCall)
  /// Something that happened to the registration of a descriptor.
  case loop(TapLoopEvent, descriptor: Int32)
}

/// What an event loop was told about a descriptor.
public enum TapLoopEvent: Equatable, Sendable {
  /// The descriptor is watched from now on.
  case watched
  /// The handler may run.
  case enabled
  /// The handler may not run.
  case disabled
  /// The descriptor is no longer watched.
  case cancelled
}

/// What happened at the seam of a tap backend, in one order.
public enum CallRecordEntry: Equatable, Sendable {
  /// A system call.
  case call(SystemCall)
  /// Something that happened to the registration of a descriptor.
  case loop(CallLoopEvent, descriptor: Int32)
}

/// What an event loop was told about a descriptor.
public enum CallLoopEvent: Equatable, Sendable {
  /// The descriptor is watched from now on.
  case watched
  /// The handler may run.
  case enabled
  /// The handler may not run.
  case disabled
  /// The descriptor is no longer watched.
  case cancelled
}

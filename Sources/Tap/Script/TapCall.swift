/// One system call that went through a ``ScriptedTap``.
public struct TapCall: Equatable, Sendable {
  /// The calls.
  public enum Name: UInt8, CaseIterable, Sendable {
    /// Opening the control device.
    case open
    /// Asking for the flags the driver knows.
    case getFeatures
    /// Attaching to an interface.
    case setInterface
    /// Asking for the interface attached to.
    case getInterface
    /// Setting the length of the vnet header.
    case setHeaderLength
    /// Setting the offloads.
    case setOffloads
    /// Making a descriptor non-blocking.
    case setNonBlocking
    /// Making a descriptor close-on-exec.
    case setCloseOnExec
    /// Asking for the flags of a descriptor.
    case getFlags
    /// Opening a socket for calls on interfaces.
    case socket
    /// Asking for the state of an interface.
    case getInterfaceFlags
    /// Setting the state of an interface.
    case setInterfaceFlags
    /// Writing a frame.
    case write
    /// Reading a frame.
    case read
    /// Closing a descriptor.
    case close
  }

  /// Which call it was.
  public var name: Name
  /// The descriptor it was made on; -1 for the two that open one.
  public var descriptor: Int32
  /// The length in bytes or the flags it was made with; 0 if it takes neither.
  public var argument: Int
  /// What it returned; `-errno` if it failed.
  public var result: Int

  /// Describes a call.
  public init(_ name: Name, on descriptor: Int32 = -1, argument: Int = 0, result: Int = 0) {
    self.name = name
    self.descriptor = descriptor
    self.argument = argument
    self.result = result
  }
}

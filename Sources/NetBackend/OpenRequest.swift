/// What a backend runs when a frame is waiting.
///
/// It runs on the thread that turns the event loop, or on one of the backend's own.
public typealias ReceiveCallback = @Sendable () -> Void

/// Everything a backend needs to open: bhyve's arguments to `netbe_init`.
///
/// Source: bhyve `net_backends.c`, lines 748-793.
public struct OpenRequest: Sendable {
  /// The name as the user gave it, prefix included.
  public var name: String
  /// Where the backend registers for readiness.
  public var loop: any EventLoop
  /// What to run when a frame is waiting.
  public var onReceive: ReceiveCallback
  /// A descriptor that somebody else opened and that the backend takes over, if any.
  public var descriptor: Int32?

  /// Creates a request to open the backend called `name`.
  public init(
    name: String,
    loop: any EventLoop,
    descriptor: Int32? = nil,
    onReceive: @escaping ReceiveCallback
  ) {
    self.name = name
    self.loop = loop
    self.descriptor = descriptor
    self.onReceive = onReceive
  }
}

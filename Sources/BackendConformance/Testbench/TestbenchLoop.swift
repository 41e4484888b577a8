public import NetBackend

/// An event loop that runs only when the test turns it.
public protocol TestbenchLoop: EventLoop {
  /// Runs the handler of every registration that is enabled and ready, once.
  ///
  /// - Parameter milliseconds: How long to wait if none is ready at once.
  /// - Returns: The number of handlers that ran.
  @discardableResult
  func turn(milliseconds: Int) -> Int

  /// Whether a handler has begun and not ended yet.
  var isHandling: Bool { get }
}

extension TestbenchLoop {
  /// Whether a handler is running: never, for a loop that runs them on the thread that asks.
  public var isHandling: Bool { false }
}

/// What happens to a registration, for those who keep a record.
public enum LoopEvent: Equatable, Sendable {
  /// The descriptor is watched from now on.
  case watched
  /// The handler may run.
  case enabled
  /// The handler may not run.
  case disabled
  /// The descriptor is no longer watched.
  case cancelled
}

/// An event loop over a poller, turned by the test.
public final class SteppedLoop: TestbenchLoop {
  private let poller: any DescriptorPoller
  private let registrations = RegistrationList()
  private let refuse: @Sendable (Int32) -> BackendError?
  private let observe: @Sendable (Int32, LoopEvent) -> Void

  /// Creates a loop.
  ///
  /// - Parameters:
  ///   - poller: Tells which descriptors are ready.
  ///   - refuse: The error with which a descriptor is refused, if it is.
  ///   - observe: Is told what happens to each registration.
  public init(
    poller: any DescriptorPoller,
    refuse: @escaping @Sendable (Int32) -> BackendError? = { _ in nil },
    observe: @escaping @Sendable (Int32, LoopEvent) -> Void = { _, _ in }
  ) {
    self.poller = poller
    self.refuse = refuse
    self.observe = observe
  }

  /// Watches a descriptor for reading; the registration starts disabled.
  public func watch(
    _ descriptor: Int32,
    onReadable: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventRegistration {
    if let error = refuse(descriptor) { throw error }
    let registration = SteppedRegistration(
      descriptor,
      handler: onReadable,
      list: registrations,
      observe: observe
    )
    registrations.add(registration)
    observe(descriptor, .watched)
    return registration
  }

  /// Whether a handler has begun and not ended yet.
  public var isHandling: Bool { registrations.isHandling }

  /// Runs the handler of every registration that is enabled and ready, once.
  @discardableResult
  public func turn(milliseconds: Int) -> Int {
    let enabled = registrations.enabled()
    let wait = enabled.contains(where: \.isPending) ? 0 : milliseconds
    let readiness = poller.poll(enabled.map(\.descriptor), milliseconds: wait)
    return zip(enabled, readiness).reduce(0) { ran, pair in
      ran + (pair.0.handle(pair.1) ? 1 : 0)
    }
  }
}

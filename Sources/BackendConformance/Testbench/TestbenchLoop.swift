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

  /// Moves the clock forward, and runs the timers whose time comes meanwhile, in the order of their
  /// deadlines, each when the clock shows its own.
  ///
  /// - Throws: ``BenchError`` if the clock moves by itself.
  func advanceClock(nanoseconds: UInt64) throws(BenchError)
}

extension TestbenchLoop {
  /// Fails: the clock moves by itself.
  public func advanceClock(nanoseconds: UInt64) throws(BenchError) {
    throw .unsupported("the bench has no virtual clock")
  }

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
  private let clock: VirtualClock?
  private let registrations = RegistrationList()
  private let timers = TimerList()
  private let refuse: @Sendable (Int32) -> BackendError?
  private let observe: @Sendable (Int32, LoopEvent) -> Void

  /// Creates a loop.
  ///
  /// - Parameters:
  ///   - poller: Tells which descriptors are ready.
  ///   - clock: What time the loop has; the machine's if there is none.
  ///   - refuse: The error with which a descriptor is refused, if it is.
  ///   - observe: Is told what happens to each registration.
  public init(
    poller: any DescriptorPoller,
    clock: VirtualClock? = nil,
    refuse: @escaping @Sendable (Int32) -> BackendError? = { _ in nil },
    observe: @escaping @Sendable (Int32, LoopEvent) -> Void = { _, _ in }
  ) {
    self.poller = poller
    self.clock = clock
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

  /// Runs the timers that are due and the handler of every registration that is enabled and ready,
  /// each once.
  @discardableResult
  public func turn(milliseconds: Int) -> Int {
    let enabled = registrations.enabled()
    let wait = enabled.contains(where: \.isPending) ? 0 : limited(milliseconds)
    let readiness = poller.poll(enabled.map(\.descriptor), milliseconds: wait)
    // What a handler schedules for a moment that has passed waits for the next turn.
    let timersRun = timers.takeAll(dueAt: now).count { $0.run() }
    return zip(enabled, readiness).reduce(timersRun) { ran, pair in
      ran + (pair.0.handle(pair.1) ? 1 : 0)
    }
  }
}

extension SteppedLoop {
  /// The loop's clock, in nanoseconds.
  public var now: UInt64 { clock?.now ?? MonotonicClock.now }

  /// Runs a handler in the turn that finds the clock at `deadline` nanoseconds or past it, or while the
  /// clock is moved there.
  @discardableResult
  public func schedule(
    at deadline: UInt64,
    _ handler: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventTimer {
    let timer = SteppedTimer(at: deadline, list: timers, handler: handler)
    timers.add(timer)
    return timer
  }

  /// Moves the virtual clock forward, and runs the timers whose time comes meanwhile.
  public func advanceClock(nanoseconds: UInt64) throws(BenchError) {
    guard let clock else { throw .unsupported("the bench has no virtual clock") }
    let (sum, overflow) = clock.now.addingReportingOverflow(nanoseconds)
    let end = overflow ? .max : sum
    while let timer = timers.takeFirst(dueAt: end) {
      clock.move(to: timer.deadline)
      _ = timer.run()
    }
    clock.move(to: end)
  }

  /// How long to wait for readiness, so that no timer is late: `milliseconds` at most.
  private func limited(_ milliseconds: Int) -> Int {
    guard let deadline = timers.nextDeadline else { return milliseconds }
    let time = now
    guard deadline > time else { return 0 }
    // A virtual clock does not move while the loop waits.
    return clock == nil
      ? min(milliseconds, Int(clamping: (deadline - time) / 1_000_000 + 1)) : milliseconds
  }
}

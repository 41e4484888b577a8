import NetBackend
import Synchronization
import XenNetif

/// An event loop over a simulated hypervisor, with a clock that moves when it is told to.
final class GoldenLoop: EventLoop {
  /// A handler that waits for its time.
  final class Timer: EventTimer {
    let deadline: UInt64
    let handler: @Sendable () -> Void
    let isOver = Atomic(false)

    init(_ deadline: UInt64, _ handler: @escaping @Sendable () -> Void) {
      self.deadline = deadline
      self.handler = handler
    }

    func cancel() { isOver.store(true, ordering: .relaxed) }
  }

  /// A descriptor that is watched.
  final class Registration: EventRegistration {
    private struct State {
      var isEnabled = false
      var isPending = false
      var isOver = false
    }

    let descriptor: Int32
    let handler: @Sendable () -> Void
    private let state = Mutex(State())
    private weak let loop: GoldenLoop?

    init(_ descriptor: Int32, _ loop: GoldenLoop, _ handler: @escaping @Sendable () -> Void) {
      self.descriptor = descriptor
      self.handler = handler
      self.loop = loop
    }

    func enable() { state.withLock { $0.isEnabled = true } }
    func disable() { state.withLock { $0.isEnabled = false } }
    func setPending(_ pending: Bool) { state.withLock { $0.isPending = pending } }

    func cancel() {
      state.withLock { $0.isOver = true }
      loop?.remove(self)
    }

    func isReady(_ hypervisor: SimulatedHypervisor) -> Bool {
      let (isWanted, isPending) = state.withLock { ($0.isEnabled && !$0.isOver, $0.isPending) }
      return isWanted && (isPending || hypervisor.isReadable(descriptor))
    }
  }

  private struct State {
    var now: UInt64 = 1_000_000_000_000
    var registrations: [Registration] = []
    var timers: [Timer] = []
  }

  private let hypervisor: SimulatedHypervisor
  private let state = Mutex(State())

  init(_ hypervisor: SimulatedHypervisor) { self.hypervisor = hypervisor }

  var now: UInt64 { state.withLock { $0.now } }

  func watch(
    _ descriptor: Int32,
    onReadable: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventRegistration {
    let registration = Registration(descriptor, self, onReadable)
    state.withLock { $0.registrations.append(registration) }
    return registration
  }

  @discardableResult
  func schedule(
    at deadline: UInt64,
    _ handler: @escaping @Sendable () -> Void
  ) throws(BackendError) -> any EventTimer {
    let timer = Timer(deadline, handler)
    state.withLock { state in
      let place = state.timers.firstIndex { $0.deadline > deadline } ?? state.timers.endIndex
      state.timers.insert(timer, at: place)
    }
    return timer
  }

  /// Runs what is ready and due until nothing is.
  ///
  /// - Returns: Whether that came to an end within many turns.
  @discardableResult
  func settle() -> Bool {
    for _ in 0..<10_000 where !turn() { return true }
    return false
  }

  /// Moves the clock, and runs each timer when the clock shows its time.
  func advance(milliseconds: UInt64) {
    let end = now + milliseconds * 1_000_000
    while let timer = takeTimer(before: end) {
      state.withLock { $0.now = max($0.now, timer.deadline) }
      if !timer.isOver.load(ordering: .relaxed) { timer.handler() }
      settle()
    }
    state.withLock { $0.now = end }
    settle()
  }

  /// Lets go of a handler, which may hold whoever made it.
  private func remove(_ registration: Registration) {
    state.withLock { $0.registrations.removeAll { $0 === registration } }
  }

  private func turn() -> Bool {
    let timer = takeTimer(before: now)
    if let timer, !timer.isOver.load(ordering: .relaxed) { timer.handler() }
    let ready = state.withLock { $0.registrations }.filter { $0.isReady(hypervisor) }
    for registration in ready where registration.isReady(hypervisor) { registration.handler() }
    return timer != nil || !ready.isEmpty
  }

  private func takeTimer(before end: UInt64) -> Timer? {
    state.withLock { state in
      guard let first = state.timers.first, first.deadline <= end else { return nil }
      return state.timers.removeFirst()
    }
  }
}

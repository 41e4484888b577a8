internal import NetBackend
internal import Synchronization

/// When the loop is to run the handler of events, and when that runs the callback.
///
/// Events are handled whether somebody receives or not, so it is not the registration that is
/// switched on and off with the callback.
final class NetbackReadiness: Sendable {
  private struct State {
    var registration: (any EventRegistration)?
    var isWanted = false
    var hasFrames = false
    var hasWork = false

    func update() { registration?.setPending(hasWork || (isWanted && hasFrames)) }
  }

  private let state = Mutex(State())

  /// Begins with a registration of the loop.
  func begin(_ registration: any EventRegistration) {
    state.withLock { (state) in
      state.registration = registration
      state.update()
    }
  }

  /// Ends the registration, after a handler that is running on another thread has ended.
  func end() {
    let registration = state.withLock { (state) in
      state.isWanted = false
      defer { state.registration = nil }
      return state.registration
    }
    registration?.cancel()
  }

  /// Whether the callback is to run when a frame waits.
  func want(_ on: Bool) { change { $0.isWanted = on } }

  /// Whether a frame waits.
  func setFrames(_ waiting: Bool) { change { $0.hasFrames = waiting } }

  /// Whether the handler is to run although there is no event.
  func setWork(_ waiting: Bool) { change { $0.hasWork = waiting } }

  /// Whether the callback is to run now.
  var isCallbackDue: Bool { state.withLock { $0.isWanted && $0.hasFrames } }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { (state) in
      body(&state)
      state.update()
    }
  }
}

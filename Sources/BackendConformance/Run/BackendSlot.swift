internal import NetBackend
internal import Synchronization

/// The place of one of a bench's backends while a script is played.
final class BackendSlot: Sendable {
  private struct State {
    var backend: (any NetBackend)?
    var monitor = CallbackMonitor()
    var callbackSteps: CallbackSteps?
  }

  private let state = Mutex(State())

  /// The backend that was opened last, also after it has been closed.
  var backend: (any NetBackend)? { state.withLock { $0.backend } }

  /// The monitor of that backend's callbacks.
  var monitor: CallbackMonitor { state.withLock { $0.monitor } }

  /// What a callback does.
  var callbackSteps: CallbackSteps? {
    get { state.withLock { $0.callbackSteps } }
    set { state.withLock { $0.callbackSteps = newValue } }
  }

  /// Begins to open a backend, with a new monitor.
  func prepare() -> CallbackMonitor {
    let monitor = CallbackMonitor()
    state.withLock { $0.monitor = monitor }
    return monitor
  }

  /// Lets go of the backend, which holds the callback that holds the player of this slot.
  func empty() {
    state.withLock {
      $0.backend = nil
      $0.callbackSteps = nil
    }
  }

  /// Keeps the backend that was opened.
  func fill(_ backend: any NetBackend) {
    state.withLock { $0.backend = backend }
  }
}

/// Steps that a callback plays, with the position of the first in the script.
struct CallbackSteps: Sendable {
  var steps: [Step]
  var first: Int
}

internal import Synchronization

/// The registrations of a loop, oldest first.
final class RegistrationList: Sendable {
  private let all = Mutex<[SteppedRegistration]>([])

  func add(_ registration: SteppedRegistration) {
    all.withLock { $0.append(registration) }
  }

  func remove(_ registration: SteppedRegistration) {
    all.withLock { $0.removeAll { $0 === registration } }
  }

  /// Those that may run now.
  func enabled() -> [SteppedRegistration] {
    all.withLock { $0.filter(\.isEnabled) }
  }

  /// Whether the handler of one of them has begun and not ended yet.
  var isHandling: Bool {
    all.withLock { $0.contains(where: \.isHandling) }
  }
}

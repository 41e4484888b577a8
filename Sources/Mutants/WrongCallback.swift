internal import NetBackend
internal import Synchronization

/// A wrong backend that gets in between the right one and the receive callback.
protocol WrongCallback: WrongBackend {
  /// Is told before the right backend opens.
  static func willOpen(_ request: OpenRequest)

  /// Runs in place of the callback.
  func callBack(_ original: @escaping ReceiveCallback)
}

extension WrongCallback {
  static func willOpen(_ request: OpenRequest) {}

  func callBack(_ original: @escaping ReceiveCallback) { original() }
}

/// A place for a backend that its own callback must find, and that is opened only afterwards.
final class CallbackTarget: Sendable {
  private struct Reference: Sendable {
    weak let backend: (any WrongCallback)?
  }

  private let reference = Mutex<Reference?>(nil)

  /// The backend, as long as it lives.
  var backend: (any WrongCallback)? { reference.withLock { $0?.backend } }

  /// Names the backend.
  func point(to backend: any WrongCallback) {
    reference.withLock { $0 = Reference(backend: backend) }
  }
}

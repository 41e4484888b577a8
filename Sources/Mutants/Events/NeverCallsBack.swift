internal import NetBackend

/// Is not registered with the event loop.
final class NeverCallsBack: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func enableReceive() {}
}

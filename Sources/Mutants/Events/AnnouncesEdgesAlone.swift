internal import NetBackend

/// Waits for the descriptor to become readable, which one with a frame waiting already is.
final class AnnouncesEdgesAlone: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func enableReceive() {
    guard (try? base.peekLength()) == nil else { return }
    base.enableReceive()
  }
}

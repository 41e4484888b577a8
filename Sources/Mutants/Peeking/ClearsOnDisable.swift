internal import NetBackend

/// Forgets the peeked frame when receive is disabled.
final class ClearsOnDisable: HoldingBackend {
  let base: any NetBackend
  let held = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func disableReceive() {
    base.disableReceive()
    _ = held.takeFirst()
  }
}

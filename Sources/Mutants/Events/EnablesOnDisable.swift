internal import NetBackend

/// Enables receive when it is to disable it: one word too many was copied.
final class EnablesOnDisable: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func disableReceive() { base.enableReceive() }
}

internal import NetBackend

/// Does not look at the result of a read whose bytes nobody wants.
final class TakesFailedDiscardsForNothing: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func discard() throws(BackendError) -> Int? {
    do throws(BackendError) { return try base.discard() } catch { return nil }
  }
}

internal import NetBackend

/// Reads until nothing is left.
final class DiscardsEverything: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func discard() throws(BackendError) -> Int? {
    let length = try base.discard()
    while try base.discard() != nil {}
    return length
  }
}

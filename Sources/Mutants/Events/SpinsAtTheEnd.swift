internal import NetBackend

/// Arms the registration again after each failure.
final class SpinsAtTheEnd: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    do throws(BackendError) { return try base.peekLength() } catch {
      base.enableReceive()
      throw error
    }
  }
}

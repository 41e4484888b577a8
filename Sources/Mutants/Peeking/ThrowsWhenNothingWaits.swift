internal import Glibc
internal import NetBackend

/// Passes on that the device would block.
final class ThrowsWhenNothingWaits: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    if let length = try base.peekLength() { return length }
    throw BackendError(.system, call: "readv", subject: "tap0", errno: EAGAIN)
  }
}

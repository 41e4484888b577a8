internal import Glibc
internal import NetBackend

/// Looks at errno after a call that did not set it.
final class LooksAtStaleErrno: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if let length = try base.receive(into: buffers) { return length }
    guard errno == 0 || errno == EAGAIN else {
      throw BackendError(.system, call: "readv", subject: "tap0", errno: errno)
    }
    return nil
  }
}

internal import Glibc
internal import NetBackend

/// Treats a device that would block like one that failed.
final class ThrowsWithoutRoom: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    if let length = try base.send(frame) { return length }
    throw BackendError(.system, call: "writev", subject: "tap0", errno: EAGAIN)
  }
}

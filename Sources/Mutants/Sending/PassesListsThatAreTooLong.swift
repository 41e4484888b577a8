internal import Glibc
internal import NetBackend

/// Adds an element for the header to a list that is as long as a system call takes.
final class PassesListsThatAreTooLong: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard frame.count < 1024 else {
      throw BackendError(.dropped, call: "writev", subject: "tap0", errno: EINVAL)
    }
    return try base.send(frame)
  }
}

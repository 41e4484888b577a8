internal import NetBackend

/// Returns what the device took, its own header included.
final class ReturnsDeviceLength: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    try base.send(frame).map { $0 + 10 }
  }
}

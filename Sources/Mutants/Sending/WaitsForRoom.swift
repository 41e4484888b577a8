internal import NetBackend

/// Tries again until there is room.
final class WaitsForRoom: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    while true { if let length = try base.send(frame) { return length } }
  }
}

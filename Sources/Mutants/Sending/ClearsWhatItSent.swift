internal import NetBackend

/// Overwrites the caller's buffer so that nothing of the frame stays behind.
final class ClearsWhatItSent: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let length = try base.send(frame)
    // The point of this mutant: the memory is the caller's to keep.
    unsafe frame.withUnsafeElements { elements in
      unsafe elements.first?.base?.storeBytes(of: 0, as: UInt8.self)
    }
    return length
  }
}

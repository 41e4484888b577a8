internal import NetBackend

/// Uses the list of elements to keep count of what was copied.
final class ConsumesTheList: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let length = try base.send(frame)
    // The point of this mutant: the list is the caller's to keep.
    unsafe frame.withUnsafeElements { elements in
      let list = unsafe UnsafeMutableBufferPointer(mutating: elements)
      if let first = list.indices.first { unsafe list[first].length = 0 }
    }
    return length
  }
}

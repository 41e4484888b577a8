internal import Dispatch
internal import NetBackend

/// Waits until there is a frame, as on a descriptor that blocks.
final class WaitsForAFrame: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    if let length = try base.receive(into: buffers) { return length }
    // Nobody signals it: this is what a read of a silent link is like.
    DispatchSemaphore(value: 0).wait()
    return nil
  }
}

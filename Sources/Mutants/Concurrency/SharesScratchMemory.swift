internal import Glibc
internal import NetBackend
internal import Synchronization

/// Copies frames of both directions through the same memory, each step under a lock.
final class SharesScratchMemory: WrongBackend {
  let base: any NetBackend
  private let scratch = TakenFrames()
  private let receives = Atomic(0)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    scratch.replace(with: frame.bytes() ?? [])
    let before = receives.load(ordering: .sequentiallyConsistent)
    var patience = 50
    while receives.load(ordering: .sequentiallyConsistent) == before && patience > 0 {
      patience -= 1
      sched_yield()
    }
    return try base.send(bytes: scratch.first ?? [])
  }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard let frame = try base.takeFrame() else { return nil }
    scratch.replace(with: frame)
    receives.add(1, ordering: .sequentiallyConsistent)
    return try buffers.deliver(scratch.first ?? [])
  }
}

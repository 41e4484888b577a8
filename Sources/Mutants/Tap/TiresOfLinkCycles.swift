internal import Glibc
internal import NetBackend
internal import Synchronization

/// Counts losses, and gives up at the fiftieth.
final class TiresOfLinkCycles: WrongBackend {
  let base: any NetBackend
  private let losses = Atomic(0)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard losses.load(ordering: .relaxed) < 50 else {
      throw BackendError(.linkDown, call: "writev", subject: "tap0", errno: EIO)
    }
    do throws(BackendError) { return try base.send(frame) } catch {
      losses.add(1, ordering: .relaxed)
      throw error
    }
  }
}

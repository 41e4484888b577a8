internal import NetBackend
internal import Synchronization

/// Neither delivers nor drops a frame that once did not fit.
final class WedgesAfterShortBuffers: WrongBackend {
  let base: any NetBackend
  private let isWedged = Atomic(false)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    guard !isWedged.load(ordering: .relaxed) else { return nil }
    do throws(BackendError) { return try base.receive(into: buffers) } catch {
      isWedged.store(true, ordering: .relaxed)
      throw error
    }
  }
}

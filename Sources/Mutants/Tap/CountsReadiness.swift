internal import NetBackend
internal import Synchronization

/// Calls back for as many frames as the device can keep, and then waits to be told of room.
final class CountsReadiness: WrongCallback {
  let base: any NetBackend
  private let taken = Atomic(0)

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func callBack(_ original: @escaping ReceiveCallback) {
    if taken.load(ordering: .relaxed) < 1000 { original() }
  }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    let length = try base.receive(into: buffers)
    if length != nil { taken.add(1, ordering: .relaxed) }
    return length
  }
  func discard() throws(BackendError) -> Int? {
    let length = try base.discard()
    if length != nil { taken.add(1, ordering: .relaxed) }
    return length
  }
}

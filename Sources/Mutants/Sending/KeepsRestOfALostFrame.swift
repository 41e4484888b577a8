internal import NetBackend

/// Leaves the beginning of a frame that was lost in front of the next one.
final class KeepsRestOfALostFrame: WrongBackend {
  let base: any NetBackend
  private let rest = TakenFrames()

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let bytes = (rest.takeFirst() ?? []) + (frame.bytes() ?? [])
    do throws(BackendError) {
      guard try base.send(bytes: bytes) == nil else { return frame.totalLength }
    } catch {
      rest.append(Array(bytes.prefix(14)))
      throw error
    }
    rest.append(Array(bytes.prefix(14)))
    return nil
  }
}

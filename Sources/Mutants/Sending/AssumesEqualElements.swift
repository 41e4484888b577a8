internal import NetBackend

/// Puts each element where it would lie if all were as long as the first.
final class AssumesEqualElements: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    let parts = frame.parts
    var bytes = [UInt8](repeating: 0, count: frame.totalLength ?? 0)
    for (index, part) in parts.enumerated() {
      let start = min(index * (parts.first?.count ?? 0), bytes.count)
      let end = min(start + part.count, bytes.count)
      bytes.replaceSubrange(start..<end, with: part.prefix(end - start))
    }
    return try base.send(bytes: bytes)
  }
}

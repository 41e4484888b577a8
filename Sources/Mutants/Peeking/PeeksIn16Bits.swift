internal import NetBackend

/// Keeps the length of the peeked frame in 16 bits.
final class PeeksIn16Bits: WrongBackend {
  let base: any NetBackend

  init(_ base: any NetBackend, _ request: OpenRequest) { self.base = base }

  func peekLength() throws(BackendError) -> Int? {
    try base.peekLength().map { $0 & 0xFFFF }
  }
}

import Glibc

/// Memory for a list of buffers passed to a port in a test.
@safe struct TestVector: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer
  private let vector: UnsafeMutableBufferPointer<iovec>
  private let room: Int

  init(holding pieces: [[UInt8]]) {
    room = pieces.reduce(0) { $0 + $1.count }
    unsafe memory = .allocate(byteCount: max(room, 1), alignment: 16)
    unsafe memory.copyBytes(from: pieces.joined())
    unsafe vector = .allocate(capacity: max(pieces.count, 1))
    var offset = 0
    for (index, piece) in pieces.enumerated() {
      let base = unsafe memory.baseAddress.map { unsafe $0 + offset }
      unsafe vector.initializeElement(at: index, to: iovec(iov_base: base, iov_len: piece.count))
      offset += piece.count
    }
    unsafe elements = UnsafeBufferPointer<iovec>(rebasing: vector[..<pieces.count])
  }

  deinit {
    unsafe memory.deallocate()
    unsafe vector.deallocate()
  }

  let elements: UnsafeBufferPointer<iovec>

  var bytes: [UInt8] { unsafe Array(memory.prefix(room)) }
}

internal import Glibc
internal import NetBackend
internal import SystemPackage

extension UnsafeBufferPointer<iovec> {
  /// The sum of the lengths in bytes, under the rules for the lists of `readv` and `writev`.
  ///
  /// Source: Linux `import_iovec`.
  func checkedTotal() throws(Errno) -> Int {
    guard count <= 1024 else { throw .invalidArgument }
    var total = 0
    for index in 0..<count {
      let length = unsafe self[index].iov_len
      let (sum, overflow) = total.addingReportingOverflow(length)
      guard length >= 0, !overflow else { throw .invalidArgument }
      total = sum
    }
    return Swift.min(total, 0x7FFF_F000)
  }

  /// Copies `count` bytes that begin `offset` bytes into the list.
  func gather(from offset: Int, count: Int) throws(Errno) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try unsafe bytes.withUnsafeMutableBufferPointer { (buffer) throws(Errno) in
      let target = UnsafeMutableRawBufferPointer(buffer)
      try unsafe eachPiece(from: offset, count: count) { (piece, position) in
        // The position and the length of a piece lie within `count`.
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[position...]).copyMemory(from: piece)
      }
    }
    return bytes
  }

  /// The vnet header at the beginning of the list.
  func gatherHeader() throws(Errno) -> VirtioNetHeader {
    VirtioNetHeader(decoding: try unsafe gather(from: 0, count: 10)) ?? VirtioNetHeader()
  }

  /// Stores bytes into the list, beginning `offset` bytes into it, as far as there is room.
  func scatter(_ bytes: [UInt8], at offset: Int) throws(Errno) {
    try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(Errno) in
      let source = UnsafeRawBufferPointer(buffer)
      try unsafe eachPiece(from: offset, count: bytes.count) { (piece, position) in
        // The elements of a list to read into are writable.
        let part = unsafe UnsafeRawBufferPointer(
          rebasing: source[position..<position + piece.count]
        )
        unsafe UnsafeMutableRawBufferPointer(mutating: piece).copyMemory(from: part)
      }
    }
  }

  /// Visits the pieces of memory that bytes `offset..<offset + count` of the list lie in.
  private func eachPiece(
    from offset: Int,
    count wanted: Int,
    _ visit: (UnsafeRawBufferPointer, Int) -> Void
  ) throws(Errno) {
    var (skip, done) = (offset, 0)
    for index in 0..<count where done < wanted {
      let length = unsafe self[index].iov_len
      guard skip < length else {
        skip -= length
        continue
      }
      guard let base = unsafe self[index].iov_base else { throw .badAddress }
      let size = Swift.min(length - skip, wanted - done)
      unsafe visit(UnsafeRawBufferPointer(start: base + skip, count: size), done)
      (skip, done) = (0, done + size)
    }
  }
}

extension VirtioNetHeader {
  /// The header as a tap writes it: the fields of the first 10 bytes, then zeros.
  ///
  /// The number of buffers is left 0. Measured on Linux 6.18; older kernels leave those bytes as they
  /// were.
  func encodedForDevice(length: Int) -> [UInt8] {
    var header = self
    header.bufferCount = 0
    return header.encoded(length: length)
  }
}

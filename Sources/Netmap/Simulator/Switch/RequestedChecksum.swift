/// The checksum that a frame's header asks for, summed up while its slots are copied.
///
/// The field has to lie in the first slot, or the frame goes on without. Each slot is summed up from
/// its own begin: the sum is wrong behind a slot of an odd length, as it is there.
///
/// Source: netmap_offloadings.c, `bdg_mismatch_datapath`.
@safe struct RequestedChecksum {
  private let start: Int
  private let field: UnsafeMutableRawPointer?
  private var sum: UInt32 = 0

  /// - Parameters:
  ///   - header: The sender's header; `nil` asks for nothing.
  ///   - length: The length of the frame's first slot in bytes.
  ///   - target: Where that slot's bytes are put.
  init(_ header: SourceHeader?, of length: Int, at target: UnsafeMutableRawPointer) {
    guard let header, header.needsChecksum,
      header.checksumStart + header.checksumOffset <= length
    else {
      start = 0
      unsafe field = nil
      return
    }
    start = header.checksumStart
    unsafe field = target + start + header.checksumOffset
  }

  /// Adds the bytes of one slot.
  mutating func add(
    _ source: UnsafeRawPointer,
    _ count: Int,
    isFirst: Bool,
    end: UnsafeMutableRawPointer
  ) {
    guard unsafe field != nil else { return }
    let skipped = isFirst ? min(start, count) : 0
    let readable = unsafe max(0, min(count, UnsafeRawPointer(end) - source) - skipped)
    sum = unsafe InternetChecksum.sum(source + skipped, readable, sum)
  }

  /// Writes the checksum.
  func finish(before end: UnsafeMutableRawPointer) {
    guard let field = unsafe field, unsafe field + 2 <= end else { return }
    unsafe field.storeBytes(of: InternetChecksum.folded(sum).littleEndian, as: UInt16.self)
  }
}

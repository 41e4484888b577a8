internal import CLinux

/// Memory of the program that a slot points to, and that may not be there.
enum IndirectMemory {
  /// Copies bytes; says whether all of them could be read.
  ///
  /// Source: `copyin`.
  static func read(
    _ source: UnsafeRawPointer,
    _ count: Int,
    into destination: UnsafeMutableRawPointer?
  ) -> Bool {
    guard let destination = unsafe destination else { return count == 0 }
    return unsafe clinux_read_memory(destination, source, count) == count
  }
}

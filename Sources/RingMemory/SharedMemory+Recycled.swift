internal import CLinux
package import SystemPackage

extension SharedMemory {
  /// Zeros as ``init(count:)`` maps them, in memory that was used before if there is any.
  ///
  /// For what comes and goes with each case of a test: having pages mapped, touched for the first time
  /// and unmapped takes longer than a case. It is whole pages that are taken, and given back when the
  /// object goes. A view that is used after that finds no end of the mapping: it writes into memory of
  /// whoever has the pages next, where the address sanitizer reports it only while nobody has them. What
  /// has to be seen to fault takes ``init(count:)``, and so does all under the thread sanitizer, which does
  /// not see the order in which the pages are passed on.
  package static func recycled(count: Int) throws(Errno) -> SharedMemory {
    try recycled(count: count, .zeros)
  }

  /// Memory in which any bytes lie, for those who read only what they have written.
  package static func scratch(count: Int) throws(Errno) -> SharedMemory {
    try recycled(count: count, .anything)
  }

  private static func recycled(
    count: Int,
    _ content: IdleMemory.Content
  ) throws(Errno) -> SharedMemory {
    guard count > 0 else { throw .invalidArgument }
    guard clinux_has_thread_sanitizer() == 0 else { return try SharedMemory(count: count) }
    let size = (count + pageSize - 1) / pageSize * pageSize
    let address =
      if let idle = IdleMemory.take(size, content) { idle } else { try IdleMemory.map(size) }
    // The address of a mapping is never 0.
    let base = unsafe UnsafeMutableRawPointer(bitPattern: address).unsafelyUnwrapped
    return unsafe SharedMemory(unsafeMapping: base, count: count) { (base, _) in
      unsafe IdleMemory.giveBack(base, size, content)
    }
  }
}

internal import Glibc
public import SystemPackage

/// Memory that two sides share: pages of our own, or the mapping of a device.
///
/// Views into the memory hold addresses and not this object; whoever makes them keeps it alive.
///
/// Sendable is unchecked: address and length never change, and what lies there is shared by its nature.
@safe public final class SharedMemory: @unchecked Sendable {
  /// The size of a page in bytes.
  public static let pageSize = sysconf(Int32(_SC_PAGESIZE))

  /// The first byte.
  public let base: UnsafeMutableRawPointer
  /// The length in bytes.
  public let count: Int
  private let release: @Sendable (UnsafeMutableRawPointer, Int) -> Void

  /// Maps at least `count` bytes of zeros; pages that are never touched take no room.
  public init(count: Int) throws(Errno) {
    guard count > 0 else { throw .invalidArgument }
    let pages = unsafe mmap(
      nil,
      count,
      PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
      -1,
      0
    )
    guard let pages = unsafe pages, unsafe pages != MAP_FAILED else {
      throw Errno(rawValue: errno)
    }
    unsafe base = pages
    self.count = count
    unsafe release = { unsafe _ = munmap($0, $1) }
  }

  /// Takes over memory that somebody else mapped; `release` gives it back.
  public init(
    unsafeMapping base: UnsafeMutableRawPointer,
    count: Int,
    release: @escaping @Sendable (UnsafeMutableRawPointer, Int) -> Void
  ) {
    unsafe self.base = base
    self.count = count
    unsafe self.release = release
  }

  deinit { unsafe release(base, count) }
}

internal import Glibc
internal import Synchronization
internal import SystemPackage

/// Mappings that nobody uses at the moment, which hold nothing but zeros.
enum IdleMemory {
  private struct Mapping {
    var address: UInt
    var size: Int
  }

  /// The most mappings of several pages that are kept; the one that was idle longest goes.
  private static let mostMappings = 12
  /// The most pages of a mapping that take room; one with more of them is not kept.
  private static let mostPages = 64
  /// The pages of a mapping that are looked at one by one; the others are seldom used, and asking for
  /// each whether it was takes longer than to map it again.
  private static let mostLookedAt = 1024
  /// The single pages that are mapped at a time.
  private static let pagesAtOnce = 32

  private static let pages = Mutex<[UInt]>([])
  private static let mappings = Mutex<[Mapping]>([])

  /// Takes a mapping of that size, if there is one.
  static func take(_ size: Int) -> UInt? {
    if size == SharedMemory.pageSize { return pages.withLock { $0.popLast() } }
    return mappings.withLock { mappings in
      mappings.lastIndex { $0.size == size }.map { mappings.remove(at: $0).address }
    }
  }

  /// Maps zeros; for a single page several are mapped, and the others are idle from now on.
  static func map(_ size: Int) throws(Errno) -> UInt {
    let isPage = size == SharedMemory.pageSize
    let mapped = unsafe mmap(
      nil,
      isPage ? size * pagesAtOnce : size,
      PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
      -1,
      0
    )
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw Errno(rawValue: errno)
    }
    let address = UInt(bitPattern: mapped)
    if isPage {
      let others = (1..<UInt(pagesAtOnce)).reversed().map { address + $0 * UInt(size) }
      pages.withLock { $0 += others }
    }
    return address
  }

  /// Takes back a mapping, whatever was written to it.
  static func giveBack(_ base: UnsafeMutableRawPointer, _ size: Int) {
    let address = UInt(bitPattern: base)
    if size == SharedMemory.pageSize {
      unsafe clear(base, size)
      return pages.withLock { $0.append(address) }
    }
    guard unsafe clearTouchedPages(base, size) else {
      return unsafe _ = munmap(base, size)
    }
    let gone = mappings.withLock { mappings in
      mappings.append(Mapping(address: address, size: size))
      return mappings.count > mostMappings ? mappings.removeFirst() : nil
    }
    if let gone { unsafe _ = munmap(UnsafeMutableRawPointer(bitPattern: gone.address), gone.size) }
  }

  /// Overwrites the pages that are in memory with zeros, and lets go of the others: what was written
  /// there may have been swapped out.
  ///
  /// - Returns: Whether there were few enough of the first.
  private static func clearTouchedPages(_ base: UnsafeMutableRawPointer, _ size: Int) -> Bool {
    let pageSize = SharedMemory.pageSize
    let count = size / pageSize
    let lookedAt = min(count, mostLookedAt)
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: lookedAt) { residence in
      guard unsafe mincore(base, lookedAt * pageSize, residence.baseAddress) == 0 else {
        return false
      }
      var (touched, cleared) = (0, 0)
      for page in 0..<lookedAt where unsafe residence[page] & 1 == 1 {
        touched += 1
        guard touched <= mostPages, unsafe letGo(cleared..<page, of: base) else { return false }
        unsafe clear(base + page * pageSize, pageSize)
        cleared = page + 1
      }
      return unsafe letGo(cleared..<count, of: base)
    }
  }

  /// Has pages hold zeros that take no room.
  private static func letGo(_ pages: Range<Int>, of base: UnsafeMutableRawPointer) -> Bool {
    let size = SharedMemory.pageSize
    return unsafe pages.isEmpty
      || madvise(base + pages.lowerBound * size, pages.count * size, MADV_DONTNEED) == 0
  }

  private static func clear(_ start: UnsafeMutableRawPointer, _ count: Int) {
    unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }
}

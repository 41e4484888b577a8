internal import CLinux
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// Mappings that nobody uses at the moment.
enum IdleMemory {
  /// What whoever takes a mapping may count on.
  enum Content {
    /// Nothing but zeros.
    case zeros
    /// Any bytes.
    case anything
  }

  private struct Mapping {
    var address: UInt
    var size: Int
    var content: Content
  }

  /// The most mappings of several pages that are kept; the one that was idle longest goes.
  private static let mostMappings = 12
  /// The most pages of a mapping that take room.
  private static let mostPages = 64
  /// The pages of a mapping that are cleared without a look at which of them were used.
  private static let fewPages = 8
  /// The pages of a mapping that are looked at one by one; the others are seldom used, and asking for
  /// each whether it was takes longer than to have it mapped again.
  private static let mostLookedAt = 256
  /// The single pages that are mapped at a time.
  private static let pagesAtOnce = 32

  /// Whether a page that is not in memory may yet hold bytes: there is somewhere to swap it to.
  private static let canSwap = clinux_can_swap() != 0

  private static let pages = Mutex<[UInt]>([])
  private static let mappings = Mutex<[Mapping]>([])

  /// Takes a mapping of that size, if there is one.
  static func take(_ size: Int, _ content: Content) -> UInt? {
    let address =
      if size == SharedMemory.pageSize {
        pages.withLock { $0.popLast() }
      } else {
        mappings.withLock { mappings in
          mappings.lastIndex { $0.size == size && $0.content == content }
            .map { mappings.remove(at: $0).address }
        }
      }
    if let address { setUsable(address, size, true) }
    return address
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
      for page in others { setUsable(page, size, false) }
      pages.withLock { $0 += others }
    }
    return address
  }

  /// Takes back a mapping, whatever was written to it.
  static func giveBack(_ base: UnsafeMutableRawPointer, _ size: Int, _ content: Content) {
    let address = UInt(bitPattern: base)
    if size == SharedMemory.pageSize {
      unsafe clear(base, size)
      setUsable(address, size, false)
      return pages.withLock { $0.append(address) }
    }
    let isFit =
      switch content {
      case .zeros: unsafe clearTouchedPages(base, size)
      case .anything: unsafe letGo(beyond: mostPages, size, of: base)
      }
    guard isFit else { return unsafe _ = munmap(base, size) }
    setUsable(address, size, false)
    let gone = mappings.withLock { mappings in
      mappings.append(Mapping(address: address, size: size, content: content))
      return mappings.count > mostMappings ? mappings.removeFirst() : nil
    }
    guard let gone else { return }
    setUsable(gone.address, gone.size, true)
    unsafe _ = munmap(UnsafeMutableRawPointer(bitPattern: gone.address), gone.size)
  }

  /// Overwrites the pages that are in memory with zeros, and lets go of those that are far back or may
  /// have been swapped out.
  ///
  /// - Returns: Whether there were few enough of the first.
  private static func clearTouchedPages(_ base: UnsafeMutableRawPointer, _ size: Int) -> Bool {
    let pageSize = SharedMemory.pageSize
    let count = size / pageSize
    guard count > fewPages else {
      unsafe clear(base, size)
      return true
    }
    let lookedAt = min(count, mostLookedAt)
    return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: lookedAt) { residence in
      guard unsafe mincore(base, lookedAt * pageSize, residence.baseAddress) == 0 else {
        return false
      }
      var touched = 0
      for page in 0..<lookedAt {
        guard unsafe residence[page] & 1 == 1 else {
          guard unsafe !canSwap || letGo(page..<page + 1, of: base) else { return false }
          continue
        }
        touched += 1
        guard touched <= mostPages else { return false }
        unsafe clear(base + page * pageSize, pageSize)
      }
      return unsafe letGo(beyond: lookedAt, size, of: base)
    }
  }

  /// Has pages hold zeros that take no room.
  private static func letGo(_ pages: Range<Int>, of base: UnsafeMutableRawPointer) -> Bool {
    let size = SharedMemory.pageSize
    return unsafe pages.isEmpty
      || madvise(base + pages.lowerBound * size, pages.count * size, MADV_DONTNEED) == 0
  }

  /// The same for all of a mapping's pages but its first ones.
  private static func letGo(
    beyond pages: Int,
    _ size: Int,
    of base: UnsafeMutableRawPointer
  ) -> Bool {
    unsafe letGo(pages..<max(pages, size / SharedMemory.pageSize), of: base)
  }

  /// Has the address sanitizer report whoever uses memory that is idle; of a large mapping its first
  /// pages alone, which are used first and most.
  private static func setUsable(_ address: UInt, _ size: Int, _ isUsable: Bool) {
    let count = min(size, mostPages * SharedMemory.pageSize)
    unsafe clinux_set_usable(UnsafeRawPointer(bitPattern: address), count, isUsable ? 1 : 0)
  }

  private static func clear(_ start: UnsafeMutableRawPointer, _ count: Int) {
    unsafe start.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }
}

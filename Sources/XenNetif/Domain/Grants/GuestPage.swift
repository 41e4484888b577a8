internal import Glibc
public import RingMemory
public import SystemPackage

/// One page of a domain: 4096 bytes that the domain may grant to others.
///
/// Sendable is unchecked: the memory never changes, and what lies there is shared by its nature.
@safe public final class GuestPage: @unchecked Sendable {
  /// The page itself.
  ///
  /// It lies at the start of a page of the machine, with an address and a length that a trap can be set
  /// on; whoever maps its grant gets the same bytes.
  public let memory: SharedMemory

  /// The number of its bytes.
  public static let count = GrantReference.pageSize

  /// Takes a page of zeros.
  public init() throws(Errno) { memory = try SharedMemory.recycled(count: Self.count) }

  private init(_ memory: SharedMemory) { self.memory = memory }

  /// Takes several pages of zeros, which lie one behind the other.
  ///
  /// One mapping for all of them is much cheaper than one for each.
  public static func pages(_ number: Int) throws(Errno) -> [GuestPage] {
    let all = try SharedMemory.recycled(count: number * count)
    return (0..<number).map { index in
      let memory = unsafe SharedMemory(
        unsafeMapping: all.base + index * count,
        count: count,
        release: { _, _ in withExtendedLifetime(all) {} }
      )
      return GuestPage(memory)
    }
  }

  /// All bytes as they are now.
  public var bytes: [UInt8] { self[0..<Self.count] }

  /// Some of the bytes, which must lie in the page.
  public subscript(range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= Self.count)
    return unsafe [UInt8](
      UnsafeRawBufferPointer(start: memory.base + range.lowerBound, count: range.count)
    )
  }

  /// Whether all bytes of the page are these.
  package func holds(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, bytes.count == Self.count else { return false }
      return unsafe memcmp(memory.base, start, Self.count) == 0
    }
  }

  /// Stores bytes from an offset on; what would lie behind the page is left out.
  public func store(_ bytes: some Collection<UInt8>, at offset: Int = 0) {
    guard (0..<Self.count).contains(offset) else { return }
    let room = unsafe UnsafeMutableRawBufferPointer(
      start: memory.base + offset,
      count: Self.count - offset
    )
    let isStored: Void? = bytes.withContiguousStorageIfAvailable { source in
      let source = UnsafeRawBufferPointer(source)
      unsafe room.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: source.prefix(room.count))
      )
    }
    if isStored == nil { unsafe room.copyBytes(from: bytes.prefix(room.count)) }
  }

  /// Stores one byte all over, or in a part of the page.
  public func fill(_ byte: UInt8, in range: Range<Int> = 0..<count) {
    precondition(range.lowerBound >= 0 && range.upperBound <= Self.count)
    unsafe (memory.base + range.lowerBound).initializeMemory(
      as: UInt8.self,
      repeating: byte,
      count: range.count
    )
  }

  /// Whether all bytes of a part of the page are the same one.
  func isFilled(_ byte: UInt8, in range: Range<Int>) -> Bool {
    let part = unsafe UnsafeRawBufferPointer(start: memory.base, count: Self.count)[range]
    return unsafe part.allSatisfy { $0 == byte }
  }
}

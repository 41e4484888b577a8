public import RingMemory

/// Grants: pages of one domain that another may map, or copy from and to.
///
/// Source: Xen `grant_table.h`.
public protocol XenGrantPort: Sendable {
  /// Maps one granted page for reading and writing, as rings need it.
  ///
  /// - Returns: 4096 bytes, which are the page itself.
  func map(_ grant: GrantReference, of domain: Domain) throws(GrantStatus) -> SharedMemory

  /// Ends a mapping; the memory is not to be touched any more.
  func unmap(_ memory: SharedMemory)

  /// Carries out copies in order. Each has a status of its own; one that fails stops no other.
  func copy(_ operations: UnsafeMutableBufferPointer<GrantCopy>)
}

/// The number of a grant in the table of the domain that made it.
public struct GrantReference: RawRepresentable, Hashable, Sendable {
  /// The number; all 32 bits of it.
  public let rawValue: UInt32

  /// The grant of a number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The bytes in a granted page.
  public static let pageSize = 4096
}

/// One copy between a granted page and memory of one's own.
///
/// Source: Xen `grant_table.h`, `struct gnttab_copy`.
@unsafe public struct GrantCopy {
  /// Which way bytes go.
  public enum Direction: Sendable {
    /// From the granted page, which may be read-only, into one's own memory.
    case fromGrant
    /// From one's own memory into the granted page.
    case toGrant
  }

  /// The granted page.
  public var grant: GrantReference
  /// The domain that granted it.
  public var domain: Domain
  /// The first byte in the granted page.
  public var offset: UInt16
  /// The number of bytes; neither side may reach beyond its page.
  public var length: UInt16
  /// Which way they go.
  public var direction: Direction
  /// The first byte of one's own memory.
  public var local: UnsafeMutableRawPointer
  /// What came of it.
  ///
  /// What is in here before the copy is not to be trusted (XSA-318).
  public var status: GrantStatus

  /// A copy that has not been carried out.
  public init(
    _ direction: Direction,
    _ grant: GrantReference,
    of domain: Domain,
    at offset: UInt16,
    count: UInt16,
    local: UnsafeMutableRawPointer
  ) {
    unsafe self.direction = direction
    unsafe self.grant = grant
    unsafe self.domain = domain
    unsafe self.offset = offset
    unsafe self.length = count
    unsafe self.local = unsafe local
    unsafe self.status = .generalError
  }
}

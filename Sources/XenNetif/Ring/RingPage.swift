/// A copy of a ring's page, which nobody shares: a dump, or one made by a test.
@safe public final class RingPage {
  /// The ring in it, which is valid as long as this object.
  public let ring: SharedRing
  private let memory: UnsafeMutableRawPointer

  /// A page of zeros.
  public init(_ geometry: RingGeometry) {
    unsafe memory = .allocate(byteCount: RingGeometry.pageSize, alignment: RingGeometry.pageSize)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: RingGeometry.pageSize)
    ring = unsafe SharedRing(unsafePage: memory, geometry)
  }

  /// A copy of a page.
  ///
  /// - Throws: ``RingPageSizeError`` if there are not exactly 4096 bytes.
  public convenience init(_ geometry: RingGeometry, bytes: [UInt8]) throws(RingPageSizeError) {
    guard bytes.count == RingGeometry.pageSize else { throw RingPageSizeError(count: bytes.count) }
    self.init(geometry)
    // Both have that many bytes.
    unsafe bytes.withUnsafeBytes { unsafe overwrite(with: $0) }
  }

  deinit { unsafe memory.deallocate() }

  /// Overwrites the page with the first 4096 of some bytes; what they do not reach stays.
  public func overwrite(with bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    let count = min(bytes.count, RingGeometry.pageSize)
    unsafe memory.copyMemory(from: source, byteCount: count)
  }

  /// All 4096 bytes.
  public var bytes: [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: memory, count: RingGeometry.pageSize))
  }
}

/// That bytes are not a ring's page, which has 4096 of them.
public struct RingPageSizeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number of bytes.
  public var count: Int

  /// An error.
  public init(count: Int) { self.count = count }

  /// How many there are and how many there should be.
  public var description: String {
    "a ring's page has \(RingGeometry.pageSize) bytes, and here are \(count)"
  }
}

public import NetBackend

/// The name of a netback: `xen:DOMID/VIF`, the domain it serves and the number of the interface there.
public struct VifName: Hashable, Sendable {
  /// The prefix of all such names.
  public static let prefix = "xen"

  /// The domain that is served.
  public let domain: Domain
  /// The number of the interface in that domain.
  public let number: UInt32
  /// The directory of the backend in the store, seen from the domain that it runs in.
  public let directory: String

  /// A name.
  public init(domain: Domain, number: UInt32) {
    self.domain = domain
    self.number = number
    directory = "backend/vif/\(domain.rawValue)/\(number)"
  }

  /// Reads a name.
  ///
  /// - Throws: ``BackendError/Reason-swift.enum/invalidName``; numbers are decimal and a domain is one
  ///   below the reserved ones, 0x7FF0.
  public init(_ name: String) throws(BackendError) {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    let numbers =
      parts.last.map { $0.split(separator: "/", omittingEmptySubsequences: false) } ?? []
    guard parts.count == 2, parts[0] == Self.prefix, numbers.count == 2,
      let domain = Self.decimal(numbers[0]), domain < UInt32(Domain.own.rawValue),
      let number = Self.decimal(numbers[1])
    else { throw BackendError(.invalidName, call: "open", subject: name) }
    self.init(domain: Domain(rawValue: UInt16(domain)), number: number)
  }

  /// Where the backend tells what went wrong.
  public var errorPath: String { "error/\(directory)/error" }

  private static func decimal(_ text: Substring) -> UInt32? {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? UInt32(text) : nil
  }
}

extension VifName: CustomStringConvertible {
  /// The name as it is given to open a backend.
  public var description: String { "\(Self.prefix):\(domain.rawValue)/\(number)" }
}

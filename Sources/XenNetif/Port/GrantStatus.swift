/// What came of an operation on a grant.
///
/// Source: Xen `grant_table.h`, `GNTST_*`.
public struct GrantStatus: RawRepresentable, Error, Hashable, Sendable {
  /// The number: 0, or one below 0.
  public let rawValue: Int16

  /// The status of a number.
  public init(rawValue: Int16) { self.rawValue = rawValue }

  /// It was carried out.
  public static let okay = GrantStatus(rawValue: 0)
  /// Some other error, such as writing through a read-only grant.
  public static let generalError = GrantStatus(rawValue: -1)
  /// There is no such domain.
  public static let badDomain = GrantStatus(rawValue: -2)
  /// There is no such grant.
  public static let badGrant = GrantStatus(rawValue: -3)
  /// There is no such mapping.
  public static let badHandle = GrantStatus(rawValue: -4)
  /// The virtual address cannot be used.
  public static let badVirtualAddress = GrantStatus(rawValue: -5)
  /// The device's address cannot be used.
  public static let badDeviceAddress = GrantStatus(rawValue: -6)
  /// The device has no room for a mapping.
  public static let noDeviceSpace = GrantStatus(rawValue: -7)
  /// The grant is not for this domain.
  public static let permissionDenied = GrantStatus(rawValue: -8)
  /// The page cannot be granted.
  public static let badPage = GrantStatus(rawValue: -9)
  /// The copy reaches beyond a page.
  public static let badCopyArgument = GrantStatus(rawValue: -10)
  /// The address is too large.
  public static let addressTooBig = GrantStatus(rawValue: -11)
  /// Not now: to be tried again.
  public static let again = GrantStatus(rawValue: -12)
  /// There is no room in the table.
  public static let noSpace = GrantStatus(rawValue: -13)
}

/// What one domain did with a grant of another.
public struct GrantOperation: Equatable, Sendable {
  /// The kinds of operation.
  public enum Kind: Equatable, Sendable {
    /// The page was mapped.
    case map
    /// A mapping of the page ended.
    case unmap
    /// Bytes were copied; `localOffset` is where in a page of its own memory the domain had them, and
    /// `initialStatus` what stood in the place of the result before.
    case copy(
      GrantCopy.Direction,
      offset: UInt16,
      length: UInt16,
      localOffset: UInt16,
      initialStatus: GrantStatus
    )
  }

  /// What was done.
  public var kind: Kind
  /// The grant.
  public var grant: GrantReference
  /// The domain that granted it, as the operation had it.
  public var domain: Domain
  /// Who did it.
  public var by: Domain
  /// What came of it.
  public var status: GrantStatus

  /// An operation.
  public init(
    _ kind: Kind,
    _ grant: GrantReference,
    of domain: Domain,
    by: Domain,
    status: GrantStatus = .okay
  ) {
    self.kind = kind
    self.grant = grant
    self.domain = domain
    self.by = by
    self.status = status
  }

  /// Whether it is a copy.
  public var isCopy: Bool { if case .copy = kind { true } else { false } }
}

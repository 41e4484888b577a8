/// One change of the store, in the order in which changes took effect.
public struct StoreChange: Equatable, Sendable {
  /// Who changed it.
  public var domain: Domain
  /// The key.
  public var path: String
  /// What was written; `nil` if the key was removed.
  public var value: String?
  /// The transaction that the change was part of, or ``XenTransaction/none``.
  public var transaction: XenTransaction

  /// A change.
  public init(
    by domain: Domain,
    _ path: String,
    _ value: String?,
    in transaction: XenTransaction = .none
  ) {
    self.domain = domain
    self.path = path
    self.value = value
    self.transaction = transaction
  }
}

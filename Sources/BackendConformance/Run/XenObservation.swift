/// What one step saw of a netback.
public enum XenObservation: Equatable, Sendable {
  /// The responses since the last time, all their fields set.
  case responses([XenResponse])
  /// The indices in a ring's page, all set.
  case indices(XenIndices)
  /// Bytes of a slot or a page.
  case bytes([UInt8])
  /// How often something happened.
  case count(Int)
  /// The copies since the last time.
  case copies([XenCopy])
  /// What the netback holds of its frontend, all fields set.
  case holdings(XenHoldings)
  /// A key's value; `nil` if there is no such key.
  case value(String?)
  /// The states that the netback has told.
  case states([Int])
  /// What the netback has written to the store: `KEY=VALUE`, or `KEY removed`.
  case writes([String])
}

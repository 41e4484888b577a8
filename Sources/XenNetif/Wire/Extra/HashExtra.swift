/// The hash of a packet's addresses.
///
/// Within the slot the type is at 2, the algorithm at 3 (8 bits each), the value at 4 (32 bits).
///
/// Source: Xen `io/netif.h`, `XEN_NETIF_EXTRA_TYPE_HASH`.
public struct HashExtra: Hashable, Sendable {
  /// What was hashed: the number of a bit of ``HashTypes``, 0 to 3, and not the bit itself.
  public var type: UInt8
  /// How it was hashed; 8 bits of the number are in the slot.
  public var algorithm: HashAlgorithm
  /// The hash.
  public var value: UInt32

  /// A hash.
  @inlinable
  public init(type: UInt8, algorithm: HashAlgorithm = .toeplitz, value: UInt32) {
    self.type = type
    self.algorithm = algorithm
    self.value = value
  }

  /// Takes the payload of an extra for a hash.
  @inlinable
  public init(_ payload: ExtraPayload) {
    type = payload.byte(at: 0)
    algorithm = HashAlgorithm(rawValue: UInt32(payload.byte(at: 1)))
    value = UInt32(truncatingIfNeeded: payload.word &>> 16)
  }

  /// The six bytes.
  @inlinable public var payload: ExtraPayload {
    ExtraPayload(
      word: UInt64(type) | UInt64(algorithm.rawValue & 0xFF) &<< 8 | UInt64(value) &<< 16
    )
  }

  /// The slot that says so.
  @inlinable public func extra(hasMore: Bool = false) -> ExtraInfo {
    ExtraInfo(type: .hash, flags: hasMore ? ExtraInfo.moreFlag : 0, payload: payload)
  }
}

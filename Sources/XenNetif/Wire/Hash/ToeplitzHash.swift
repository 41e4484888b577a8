/// The hash that spreads packets over queues: each bit that is set adds the key's bits from there on.
///
/// The addresses come first, the source before the destination, then the ports if there are any,
/// all as they are on the wire.
///
/// Source: Xen `io/netif.h`, "Hash calculation"; Microsoft, "RSS hashing functions".
public struct ToeplitzHash: Hashable, Sendable {
  /// The number of bytes in the longest key.
  public static let keySize = 40

  /// The 40 bytes of the key.
  public let key: [UInt8]

  /// A hash with a key, of which 40 bytes count and those that are missing are zero.
  public init(key: [UInt8]) {
    self.key = (0..<Self.keySize).map { $0 < key.count ? key[$0] : 0 }
  }

  /// The hash of some bytes; beyond 36 of them the key goes on with zeros.
  public func hash(of bytes: some Sequence<UInt8>) -> UInt32 {
    // The 64 bits of the key that begin at the byte in hand.
    var window = (0..<8).reduce(0 as UInt64) { $0 << 8 | UInt64(key[$1]) }
    var hash: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      for bit in 0..<8 where byte & (0x80 >> bit) != 0 {
        hash ^= UInt32(truncatingIfNeeded: window >> (32 - UInt64(bit)))
      }
      window = window << 8 | UInt64(index + 8 < Self.keySize ? key[index + 8] : 0)
    }
    return hash
  }
}

/// Which queue a frame to the frontend goes to, as the frontend wants it.
///
/// Source: Linux `xen-netback/hash.c`; Xen `io/netif.h`, "Hash calculation".
struct HashSteering: Sendable {
  /// The hash of a frame, and what was hashed.
  struct FrameHash: Equatable, Sendable {
    /// The number of the bit of ``HashTypes``.
    var type: UInt8
    var value: UInt32
  }

  /// The algorithm; with none, all frames go to the first queue.
  var algorithm = HashAlgorithm.none
  /// The kinds that are hashed.
  var types: HashTypes = []
  /// The hash with its key.
  var toeplitz = ToeplitzHash(key: [])
  /// The table from hashes to queues; while it is empty, hashes are counted off.
  var mapping: [UInt32] = []

  /// The kinds that can be hashed.
  static let knownTypes: HashTypes = [.ipv4, .ipv4TCP, .ipv6, .ipv6TCP]

  /// The hash of a frame; `nil` if it is of no kind that is to be hashed.
  func hash(_ frame: UnsafeRawPointer, count: Int) -> FrameHash? {
    guard algorithm == .toeplitz,
      let network = unsafe NetworkProtocol(etherTypeOf: frame, count: count)
    else { return nil }
    let kind = Kind(network)
    guard count >= kind.end else { return nil }
    let header = unsafe NetworkHeader(frame, count: count)
    var input = unsafe bytes(frame, kind.addresses)
    if let header, header.transport == .tcp, types.contains(kind.withPorts) {
      input += unsafe bytes(frame, header.transportStart..<header.transportStart + 4)
      return FrameHash(type: kind.withPortsNumber, value: toeplitz.hash(of: input))
    }
    guard types.contains(kind.plain) else { return nil }
    return FrameHash(type: kind.plainNumber, value: toeplitz.hash(of: input))
  }

  /// The queue of a frame, of so many.
  func queue(of hash: FrameHash?, of count: Int) -> Int {
    guard let hash, count > 1 else { return 0 }
    guard !mapping.isEmpty else { return Int(hash.value % UInt32(count)) }
    return Int(mapping[Int(hash.value) % mapping.count]) % count
  }

  private func bytes(_ frame: UnsafeRawPointer, _ range: Range<Int>) -> [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: frame + range.lowerBound, count: range.count))
  }
}

extension HashSteering {
  /// What is hashed of a network protocol.
  private struct Kind {
    /// Where the two addresses lie in the frame.
    let addresses: Range<Int>
    let plain, withPorts: HashTypes
    let plainNumber: UInt8

    init(_ network: NetworkProtocol) {
      let start = NetworkProtocol.ethernetLength
      switch network {
      case .ip4:
        addresses = start + 12..<start + 20
        (plain, withPorts, plainNumber) = (.ipv4, .ipv4TCP, 0)
      case .ip6:
        addresses = start + 8..<start + 40
        (plain, withPorts, plainNumber) = (.ipv6, .ipv6TCP, 2)
      }
    }

    var end: Int { addresses.upperBound }
    var withPortsNumber: UInt8 { plainNumber + 1 }
  }
}

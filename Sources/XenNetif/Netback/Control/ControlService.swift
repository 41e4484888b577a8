internal import RingMemory

/// Carries out what a frontend asks about hashing.
///
/// Source: Linux `xen-netback/hash.c`; XSA-270 for the sums.
struct ControlService<Port: XenPort> {
  let copier: GrantCopyBatch<Port>
  let queueCount: Int
  let policy: NetbackPolicy
  /// A page of one's own that keys and tables are copied to.
  let page: SharedMemory

  /// The answer to a request.
  func answer(_ request: ControlRequest, _ hash: inout HashSteering) -> ControlResponse {
    let (status, data) = carryOut(request, &hash)
    return ControlResponse(id: request.id, type: request.type, status: status, data: data)
  }

  private func carryOut(
    _ request: ControlRequest,
    _ hash: inout HashSteering
  ) -> (ControlStatus, UInt32) {
    switch request.type {
    case .getHashFlags:
      return hash.algorithm == .none
        ? (.notSupported, 0) : (.success, HashSteering.knownTypes.rawValue)
    case .getHashMappingSize: return (.success, UInt32(policy.hashMappingLimit))
    case .setHashAlgorithm:
      return (setAlgorithm(HashAlgorithm(rawValue: request.data0), &hash), 0)
    case .setHashFlags: return (setTypes(HashTypes(rawValue: request.data0), &hash), 0)
    case .setHashKey: return (setKey(request, &hash), 0)
    case .setHashMappingSize: return (setMappingSize(request.data0, &hash), 0)
    case .setHashMapping: return (setMapping(request, &hash), 0)
    default: return (.notSupported, 0)
    }
  }
}

extension ControlService {
  private func setAlgorithm(
    _ algorithm: HashAlgorithm,
    _ hash: inout HashSteering
  ) -> ControlStatus {
    guard algorithm == .none || algorithm == .toeplitz else { return .invalidParameter }
    hash.algorithm = algorithm
    return .success
  }

  private func setTypes(_ types: HashTypes, _ hash: inout HashSteering) -> ControlStatus {
    guard hash.algorithm != .none, HashSteering.knownTypes.isSuperset(of: types) else {
      return .invalidParameter
    }
    hash.types = types
    return .success
  }

  private func setKey(_ request: ControlRequest, _ hash: inout HashSteering) -> ControlStatus {
    guard request.data1 <= UInt32(ToeplitzHash.keySize) else { return policy.longKeyStatus }
    guard let key = copy(request.data0, offset: 0, count: Int(request.data1)) else {
      return .invalidParameter
    }
    hash.toeplitz = ToeplitzHash(key: key)
    return .success
  }

  private func setMappingSize(_ size: UInt32, _ hash: inout HashSteering) -> ControlStatus {
    guard size <= UInt32(policy.hashMappingLimit) else { return .invalidParameter }
    hash.mapping = Array(repeating: 0, count: Int(size))
    return .success
  }

  /// Changes a part of the table, or nothing of it.
  private func setMapping(_ request: ControlRequest, _ hash: inout HashSteering) -> ControlStatus {
    let (count, offset) = (UInt64(request.data1), UInt64(request.data2))
    guard offset + count <= UInt64(hash.mapping.count),
      let bytes = copy(request.data0, offset: 0, count: Int(count) * 4)
    else { return .invalidParameter }
    let entries = (0..<Int(count)).map { index in
      (0..<4).reduce(0 as UInt32) { $0 | UInt32(bytes[index * 4 + $1]) << ($1 * 8) }
    }
    guard entries.allSatisfy({ $0 < UInt32(queueCount) }) else { return .invalidParameter }
    hash.mapping.replaceSubrange(Int(offset)..<Int(offset + count), with: entries)
    return .success
  }

  /// The first bytes of a granted page; `nil` if they cannot be copied.
  private func copy(_ grant: UInt32, offset: Int, count: Int) -> [UInt8]? {
    copier.begin()
    unsafe copier.add(
      .fromGrant,
      GrantReference(rawValue: grant),
      at: offset,
      count: count,
      local: page.base,
      number: 0
    )
    copier.flush()
    guard copier.failures.isEmpty else { return nil }
    // The page is as long as a granted one, and `count` was held against smaller limits.
    return unsafe Array(UnsafeRawBufferPointer(start: page.base, count: count))
  }
}

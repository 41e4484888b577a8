import XenNetif

/// Has a frontend do what libFuzzer's bytes say, in front of a netback; `ci/fuzz` builds it.
///
/// Byte 0 chooses the netback's policy and what the frontend has, byte 1 the keys it writes. Then come
/// operations, each a byte for its kind, which takes as many of the following bytes as it needs. What
/// must hold whatever a frontend does is checked after each of them, and once more when the netback has
/// closed.
@c(LLVMFuzzerTestOneInput)
public func fuzzNetback(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var input = FuzzInput(unsafe Array(UnsafeBufferPointer(start: data, count: count)))
  guard count >= 2, let fuzzed = try? FuzzedNetback(&input) else { return 0 }
  for _ in 0..<64 {
    guard let kind = input.next() else { break }
    fuzzed.perform(kind, &input)
    fuzzed.check()
  }
  fuzzed.end()
  return 0
}

/// The bytes of libFuzzer, taken one after the other.
struct FuzzInput {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// The next byte; `nil` if there is none left.
  mutating func next() -> UInt8? { rest.popFirst() }

  /// The next byte, or 0.
  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// The next bytes, those that are missing zero.
  mutating func bytes(_ count: Int) -> [UInt8] {
    let found = rest.prefix(count)
    rest = rest.dropFirst(count)
    return found + [UInt8](repeating: 0, count: count - found.count)
  }

  /// The next four bytes as a number, little-endian.
  mutating func word() -> UInt32 {
    bytes(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}

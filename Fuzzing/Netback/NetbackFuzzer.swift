import XenNetif

/// Has a frontend and a host do what libFuzzer's bytes say to a netback; `ci/fuzz` builds it.
///
/// Byte 0 chooses the netback's policy and what the frontend has, byte 1 the keys it writes. Then come
/// operations, each a byte for its kind, which takes as many of the following bytes as it needs. What
/// must hold whatever is done is checked after each of them, and once more when the netback has closed.
@c(LLVMFuzzerTestOneInput)
public func fuzzNetback(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var input = FuzzInput(UnsafeRawBufferPointer(start: data, count: count))
  guard count >= 2 else { return 0 }
  guard let fuzzed = try? FuzzedNetback(&input) else { fatalError("the netback opens") }
  for _ in 0..<mostOperations where !input.isEmpty {
    fuzzed.perform(input.byte(), &input)
    fuzzed.check()
  }
  fuzzed.close()
  fuzzed.letGo()
  return 0
}

/// Enough for all that takes several steps; with more of them fewer inputs have their turn.
private let mostOperations = 24

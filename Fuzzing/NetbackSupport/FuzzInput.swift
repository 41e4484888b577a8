/// The bytes of libFuzzer, taken one after the other; behind the last one there are zeros.
struct FuzzInput {
  private let input: UnsafeRawBufferPointer
  private var position = 0

  init(_ input: UnsafeRawBufferPointer) { self.input = input }

  /// Whether all have been taken.
  var isEmpty: Bool { position >= input.count }

  /// The next byte.
  mutating func byte() -> UInt8 {
    guard position < input.count else { return 0 }
    defer { position += 1 }
    return input[position]
  }

  /// The next byte, as a number below another one.
  mutating func number(below limit: Int) -> Int { Int(byte()) % limit }

  /// The next bytes.
  mutating func bytes(_ count: Int) -> [UInt8] {
    let found = input[min(position, input.count)...].prefix(count)
    position += count
    return found + [UInt8](repeating: 0, count: count - found.count)
  }

  /// The next bytes where they are, as many of them as there are.
  mutating func rest(_ count: Int) -> UnsafeRawBufferPointer {
    let found = UnsafeRawBufferPointer(rebasing: input[min(position, input.count)...].prefix(count))
    position += found.count
    return found
  }

  /// The next two bytes as a number, little-endian.
  mutating func short() -> Int { Int(byte()) | Int(byte()) << 8 }

  /// The next four bytes as a number, little-endian.
  mutating func word() -> UInt32 { UInt32(short()) | UInt32(short()) << 16 }

  /// A text whose length the next byte says.
  mutating func text() -> String { String(decoding: bytes(number(below: 24)), as: UTF8.self) }
}

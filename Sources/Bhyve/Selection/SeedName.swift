/// A device's name as C sees it: bytes up to the first zero, and cut to fit a buffer.
struct SeedName: Equatable {
  /// The bytes, without the zero at their end.
  let bytes: [UInt8]

  /// The bytes of a name that are left in a buffer of `room` bytes, its last one a zero.
  init(_ name: String, room: Int = .max) {
    bytes = Array(name.utf8.prefix { $0 != 0 }.prefix(room - 1))
  }

  /// The bytes as text.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

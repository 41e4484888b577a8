/// Ways to lay a number of bytes out in elements.
enum Splits {
  /// Cuts `length` bytes at random places into `parts` elements, some of which may be empty.
  static func random(_ length: Int, parts: Int, seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed)
    let cuts = (1..<parts).map { _ in Int.random(in: 0...length, using: &generator) }.sorted()
    return zip([0] + cuts, cuts + [length]).map { $1 - $0 }
  }

  /// Cuts `length` bytes into elements of `size` bytes, the last of which may be shorter.
  static func even(_ length: Int, size: Int) -> [Int] {
    let rest = length % size
    return Array(repeating: size, count: length / size) + (rest > 0 ? [rest] : [])
  }
}

extension [Int] {
  /// The same lengths as room to receive into.
  var asRoom: [UInt] { map { UInt($0) } }
}

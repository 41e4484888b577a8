/// Numbers that are given out, the lowest free one first.
struct IndexPool {
  /// A bit for each number that is taken; those behind the last word are all free.
  private var words: [UInt64] = []
  private let count: Int
  /// No word before this one has a free number.
  private var firstWord = 0

  /// Numbers from 0 up to, and without, `count`, all of them free.
  init(count: Int) { self.count = count }

  /// Takes the lowest free number.
  mutating func take() -> Int? {
    while firstWord * 64 < count {
      if firstWord == words.count { words.append(0) }
      let bit = (~words[firstWord]).trailingZeroBitCount
      let number = firstWord * 64 + bit
      if bit < 64, number < count {
        words[firstWord] |= 1 << UInt64(bit)
        return number
      }
      firstWord += 1
    }
    return nil
  }

  /// Takes the lowest free numbers, and calls `body` with each.
  ///
  /// - Returns: Whether there were `wanted` of them.
  mutating func take(_ wanted: Int, _ body: (Int) -> Void) -> Bool {
    var missing = wanted
    while missing > 0, firstWord * 64 < count {
      if firstWord == words.count { words.append(0) }
      let first = firstWord * 64
      var free = ~words[firstWord]
      while missing > 0, free != 0, first + free.trailingZeroBitCount < count {
        body(first + free.trailingZeroBitCount)
        free &= free &- 1
        missing -= 1
      }
      words[firstWord] = ~free
      if missing > 0 { firstWord += 1 }
    }
    return missing == 0
  }

  /// Gives a number back; one that is free already, or none of the pool's, changes nothing.
  mutating func giveBack(_ number: Int) {
    guard number >= 0, number / 64 < words.count else { return }
    words[number / 64] &= ~(1 << UInt64(number % 64))
    firstWord = min(firstWord, number / 64)
  }
}

/// Numbers that are given out, the lowest free one first.
struct IndexPool {
  private var words: [UInt64]
  private let count: Int
  /// No word before this one has a free number.
  private var firstWord = 0

  /// Numbers from 0 up to, and without, `count`, all of them free.
  init(count: Int) {
    self.count = count
    words = Array(repeating: 0, count: (count + 63) / 64)
  }

  /// Takes the lowest free number.
  mutating func take() -> Int? {
    while firstWord < words.count {
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

  /// Gives a number back; one that is free already, or none of the pool's, changes nothing.
  mutating func giveBack(_ number: Int) {
    guard number >= 0, number < count else { return }
    words[number / 64] &= ~(1 << UInt64(number % 64))
    firstWord = min(firstWord, number / 64)
  }
}

/// When something that has been arranged to fail does so.
public struct FaultSchedule: Equatable, Sendable {
  /// How many more times it goes well first.
  public private(set) var delay: Int
  /// How many more times it fails after that; `nil` for every time.
  public private(set) var remaining: Int?

  /// Fails `times` times, or always if that is `nil`, once it has gone well `delay` times.
  public init(after delay: Int = 0, times: Int? = nil) {
    self.delay = delay
    remaining = times
  }

  /// Fails each time.
  public static let always = FaultSchedule()
  /// Fails the next time only.
  public static let once = FaultSchedule(times: 1)

  /// Whether it fails this time; the next time is another one.
  mutating func isDue() -> Bool {
    guard delay == 0 else {
      delay -= 1
      return false
    }
    guard let left = remaining else { return true }
    remaining = max(left - 1, 0)
    return left > 0
  }
}

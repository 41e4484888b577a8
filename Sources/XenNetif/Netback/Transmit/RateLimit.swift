/// How much a frontend may send: so many bytes in each window of time.
///
/// What was not used is kept, up to 128 KiB or one window's worth if that is more. Times are in
/// nanoseconds of the loop's clock.
///
/// Source: Linux `xen-netback/netback.c`, `tx_credit_exceeded`.
struct RateLimit: Sendable {
  /// What the key `rate` says.
  struct Rate: Equatable, Sendable {
    /// The bytes in a window.
    var bytes: UInt64
    /// The length of a window in microseconds.
    var microseconds: UInt64

    /// As much as there is.
    static let unlimited = Rate(bytes: .max, microseconds: 0)

    /// Reads `bytes,microseconds`; anything else is no limit.
    init(_ text: String?) {
      let parts = (text ?? "").split(separator: ",", omittingEmptySubsequences: false)
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }),
        let bytes = UInt64(parts[0]), let microseconds = UInt64(parts[1])
      else {
        self = .unlimited
        return
      }
      self.init(bytes: bytes, microseconds: microseconds)
    }

    init(bytes: UInt64, microseconds: UInt64) {
      self.bytes = bytes
      self.microseconds = microseconds
    }
  }

  /// The answer to a packet that wants to go.
  enum Answer: Equatable, Sendable {
    /// It may.
    case pass
    /// Not before a moment.
    case wait(until: UInt64)
  }

  private var rate: Rate
  private var credit: UInt64
  private var windowStart: UInt64
  /// When somebody who waits is to look again; `nil` if nobody waits.
  private var waitingUntil: UInt64?

  /// A limit whose first window begins now.
  init(_ rate: Rate, now: UInt64) {
    self.rate = rate
    credit = rate.bytes
    windowStart = now
  }

  /// Changes the limit; what was saved up is cut to one window's worth.
  mutating func change(to rate: Rate) {
    self.rate = rate
    // Whoever would wait for ever asks anew.
    if waitingUntil == .max { waitingUntil = nil }
    if waitingUntil == nil { credit = min(credit, rate.bytes) }
  }

  /// Asks for a number of bytes, and takes them if they are there.
  mutating func request(_ bytes: Int, now: UInt64) -> Answer {
    if rate == .unlimited { return .pass }
    if let moment = waitingUntil {
      guard now >= moment else { return .wait(until: moment) }
      waitingUntil = nil
      refill()
    }
    let needed = UInt64(bytes)
    if needed > credit, now >= windowEnd {
      windowStart = now
      refill()
    }
    guard needed > credit else {
      credit -= needed
      return .pass
    }
    windowStart = windowEnd
    // A window of no length ends at once, but whoever waits for it waits for time to pass. Windows
    // that bring nothing never do.
    let moment = rate.bytes == 0 ? .max : max(windowStart, now &+ 1_000_000)
    waitingUntil = moment
    return .wait(until: moment)
  }

  private var windowEnd: UInt64 {
    let (length, overflow) = rate.microseconds.multipliedReportingOverflow(by: 1000)
    let (end, beyond) = windowStart.addingReportingOverflow(overflow ? .max : length)
    return beyond ? .max : end
  }

  private mutating func refill() {
    let (sum, overflow) = credit.addingReportingOverflow(rate.bytes)
    credit = min(overflow ? .max : sum, max(131_072, rate.bytes))
  }
}

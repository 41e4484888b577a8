/// Taps that get peeking wrong.
enum PeekingMutants {
  static let all = [
    Mutant(
      tap: "tap.throws-when-nothing-waits",
      breaks: "peek/nothing-is-waiting",
      observed: "errno 11",
      backend: ThrowsWhenNothingWaits.self
    ),
    Mutant(
      tap: "tap.peeks-in-16-bits",
      breaks: "peek/tells-the-length-that-receive-returns",
      observed: "0 bytes",
      backend: PeeksIn16Bits.self
    ),
    Mutant(
      tap: "tap.peeks-ahead",
      breaks: "peek/changes-nothing",
      observed: "calls readv",
      backend: PeeksAhead.self
    ),
    Mutant(
      tap: "tap.peeks-at-the-newest",
      breaks: "peek/keeps-its-answer",
      observed: "1514 bytes",
      backend: PeeksAtTheNewest.self
    ),
    Mutant(
      tap: "tap.delivers-peeked-frames-twice",
      breaks: "peek/frame-is-delivered-once",
      observed: "14 bytes",
      backend: DeliversPeekedFramesTwice.self
    ),
    Mutant(
      tap: "tap.clears-on-disable",
      breaks: "peek/survives-disable-and-enable",
      observed: "nothing",
      backend: ClearsOnDisable.self
    ),
    Mutant(
      tap: "tap.keeps-the-result-of-a-failed-read",
      breaks: "peek/failed-read-leaves-nothing",
      observed: "5 bytes",
      backend: KeepsTheResultOfAFailedRead.self
    ),
  ]
}

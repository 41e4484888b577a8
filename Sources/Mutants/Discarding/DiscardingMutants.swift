/// Taps that get discarding wrong.
enum DiscardingMutants {
  static let all = [
    Mutant(
      tap: "tap.discards-the-next-to-come",
      breaks: "discard/nothing-is-waiting",
      observed: "nothing",
      backend: DiscardsTheNextToCome.self
    ),
    Mutant(
      tap: "tap.discards-everything",
      breaks: "discard/takes-one-frame-at-a-time",
      observed: "nothing",
      backend: DiscardsEverything.self
    ),
    Mutant(
      tap: "tap.discards-the-frame-behind",
      breaks: "discard/takes-the-peeked-frame",
      observed: "1514 bytes",
      backend: DiscardsTheFrameBehind.self
    ),
    Mutant(
      tap: "tap.discards-into-a-scratch-buffer",
      breaks: "discard/every-length-goes",
      observed: "noSpace",
      backend: DiscardsIntoAScratchBuffer.self
    ),
    Mutant(
      tap: "tap.takes-failed-discards-for-nothing",
      breaks: "discard/failed-read-is-reported",
      observed: "nothing",
      backend: TakesFailedDiscardsForNothing.self
    ),
  ]
}

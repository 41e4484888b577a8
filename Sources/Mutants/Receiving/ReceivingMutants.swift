/// Taps that get receiving wrong.
enum ReceivingMutants {
  static let all = [
    Mutant(
      tap: "tap.truncates-short-buffer",
      breaks: "receive/short-buffer-is-reported",
      observed: "bytes, no error",
      backend: TruncatesShortBuffer.self
    ),
    Mutant(
      tap: "tap.waits-for-a-frame",
      breaks: "receive/nothing-is-waiting",
      observed: "did not return",
      backend: WaitsForAFrame.self
    ),
    Mutant(
      tap: "tap.clears-buffers-first",
      breaks: "receive/nothing-is-waiting",
      observed: "changed bytes",
      backend: ClearsBuffersFirst.self
    ),
    Mutant(
      tap: "tap.cuts-received-frames",
      breaks: "receive/every-length-passes",
      observed: "2048 bytes",
      backend: CutsReceivedFrames.self
    ),
    Mutant(
      tap: "tap.fills-the-first-element-alone",
      breaks: "receive/scatters-over-the-elements",
      observed: "byte 10",
      backend: FillsTheFirstElementAlone.self
    ),
    Mutant(
      tap: "tap.refuses-exact-fit",
      breaks: "receive/exact-fit-is-delivered",
      observed: "noSpace",
      backend: RefusesExactFit.self
    ),
    Mutant(
      tap: "tap.stops-at-empty-room",
      breaks: "receive/empty-elements-are-skipped",
      observed: "noSpace",
      backend: StopsAtEmptyRoom.self
    ),
    Mutant(
      tap: "tap.pads-received-frames",
      breaks: "receive/rest-of-the-buffers-is-untouched",
      observed: "changed bytes",
      backend: PadsReceivedFrames.self
    ),
    Mutant(
      tap: "tap.ends-frames-with-a-zero",
      breaks: "receive/rest-of-the-buffers-is-untouched",
      observed: "changed bytes",
      backend: EndsFramesWithAZero.self
    ),
    Mutant(
      tap: "tap.narrows-room",
      breaks: "receive/absurd-lengths-are-room",
      observed: "noSpace",
      backend: NarrowsRoom.self
    ),
    Mutant(
      tap: "tap.passes-the-peeked-frame-by",
      breaks: "receive/keeps-the-order",
      observed: "expected",
      backend: PassesThePeekedFrameBy.self
    ),
    Mutant(
      tap: "tap.looks-at-stale-errno",
      breaks: "receive/stale-errno-does-not-matter",
      observed: "errno 5",
      backend: LooksAtStaleErrno.self
    ),
    Mutant(
      tap: "tap.drops-short-peeked-frames",
      breaks: "receive/short-buffer-keeps-or-drops-alike",
      observed: "is dropped",
      backend: DropsShortPeekedFrames.self
    ),
    Mutant(
      tap: "tap.wedges-after-short-buffers",
      breaks: "receive/short-buffer-does-not-wedge",
      observed: "nothing",
      backend: WedgesAfterShortBuffers.self
    ),
    Mutant(
      tap: "tap.returns-zero-without-room",
      breaks: "receive/no-room-at-all-is-reported",
      observed: "0 bytes",
      backend: ReturnsZeroWithoutRoom.self
    ),
    Mutant(
      tap: "tap.throws-when-reads-would-block",
      breaks: "receive/would-block-is-nothing",
      observed: "errno 5",
      port: { ThrowsWhenReadsWouldBlock(base: $0) }
    ),
    Mutant(
      tap: "tap.fails-when-interrupted",
      breaks: "receive/interrupted-read-is-repeated",
      observed: "errno 5",
      port: { FailsWhenInterrupted(base: $0) }
    ),
    Mutant(
      tap: "tap.takes-failures-for-nothing",
      breaks: "receive/failed-read-is-reported",
      observed: "nothing",
      port: { TakesFailuresForNothing(base: $0) }
    ),
    Mutant(
      tap: "tap.never-recovers",
      breaks: "receive/backend-works-after-a-failed-read",
      observed: "error",
      backend: NeverRecovers.self
    ),
    Mutant(
      tap: "tap.takes-the-end-for-nothing",
      breaks: "receive/end-of-file-is-reported",
      observed: "nothing",
      port: { TakesTheEndForNothing(base: $0) }
    ),
    Mutant(
      tap: "tap.stalls-behind-short-frames",
      breaks: "receive/short-frame-blocks-no-other",
      observed: "nothing",
      backend: StallsBehindShortFrames.self
    ),
    Mutant(
      tap: "tap.bounces-into-64k",
      breaks: "receive/longest-frames-are-received",
      observed: "changed bytes",
      port: { BouncesInto64K(base: $0) }
    ),
    Mutant(
      tap: "tap.reads-without-a-spare-byte",
      breaks: "receive/too-long-frame-is-never-cut",
      observed: "changed bytes",
      port: { ReadsWithoutASpareByte(base: $0) }
    ),
    Mutant(
      tap: "tap.skips-long-frames-in-silence",
      breaks: "receive/too-long-frame-is-counted",
      observed: "the long frame is received",
      backend: SkipsLongFramesInSilence.self
    ),
  ]
}

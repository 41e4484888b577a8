/// Taps that get sending wrong.
enum SendingMutants {
  static let all = [
    Mutant(
      tap: "tap.returns-device-length",
      breaks: "send/length-is-the-sum-of-the-elements",
      observed: "24 bytes",
      backend: ReturnsDeviceLength.self
    ),
    Mutant(
      tap: "tap.assumes-equal-elements",
      breaks: "send/far-side-sees-the-elements-in-a-row",
      observed: "byte 15",
      backend: AssumesEqualElements.self
    ),
    Mutant(
      tap: "tap.sends-each-element",
      breaks: "send/one-call-is-one-frame",
      observed: "frames",
      backend: SendsEachElement.self
    ),
    Mutant(
      tap: "tap.cuts-at-2048",
      breaks: "send/every-length-passes",
      observed: "2048 observed",
      backend: CutsAt2048.self
    ),
    Mutant(
      tap: "tap.lets-short-frames-overtake",
      breaks: "send/keeps-the-order",
      observed: "60 observed",
      backend: LetsShortFramesOvertake.self
    ),
    Mutant(
      tap: "tap.stops-at-an-empty-element",
      breaks: "send/empty-elements-are-skipped",
      observed: "emptyFrame",
      backend: StopsAtEmptyElement.self
    ),
    Mutant(
      tap: "tap.clears-what-it-sent",
      breaks: "send/buffers-are-only-read",
      observed: "touched memory that is not its own",
      backend: ClearsWhatItSent.self
    ),
    Mutant(
      tap: "tap.consumes-the-list",
      breaks: "send/buffers-are-only-read",
      observed: "of the list was changed",
      backend: ConsumesTheList.self
    ),
    Mutant(
      tap: "tap.keeps-addresses",
      breaks: "send/buffers-may-be-reused",
      observed: "ee observed",
      backend: KeepsAddresses.self
    ),
    Mutant(
      tap: "tap.takes-empty-frames-for-no-room",
      breaks: "send/empty-frame-is-not-sent",
      observed: "nothing",
      backend: TakesEmptyFramesForNoRoom.self
    ),
    Mutant(
      tap: "tap.sends-empty-frames",
      breaks: "send/empty-frame-is-not-sent",
      observed: "1 frame: 60 bytes",
      backend: SendsEmptyFrames.self
    ),
    Mutant(
      tap: "tap.says-short-frames-were-sent",
      breaks: "send/short-frame-does-no-harm",
      observed: "the short frame is refused",
      backend: SaysShortFramesWereSent.self
    ),
    Mutant(
      tap: "tap.pads-with-stale-bytes",
      breaks: "send/padding-is-zeros",
      observed: "60 bytes",
      backend: PadsWithStaleBytes.self
    ),
    Mutant(
      tap: "tap.pads-with-zeros",
      breaks: "send/no-padding",
      observed: "60 bytes",
      backend: PadsWithZeros.self
    ),
    Mutant(
      tap: "tap.cuts-overlong-frames",
      breaks: "send/overlong-frame-is-refused",
      observed: "1048576 bytes",
      backend: CutsOverlongFrames.self
    ),
    Mutant(
      tap: "tap.narrows-lengths",
      breaks: "send/absurd-lengths-are-refused",
      observed: "emptyFrame",
      backend: NarrowsLengths.self
    ),
    Mutant(
      tap: "tap.passes-lists-that-are-too-long",
      breaks: "send/many-elements-are-sent",
      observed: "error dropped",
      backend: PassesListsThatAreTooLong.self
    ),
    Mutant(
      tap: "tap.says-lost-frames-were-sent",
      breaks: "send/refused-frame-is-not-reported-as-sent",
      observed: "60 bytes, no error",
      backend: SaysLostFramesWereSent.self
    ),
    Mutant(
      tap: "tap.throws-without-room",
      breaks: "send/lack-of-room-is-no-error",
      observed: "errno 11",
      backend: ThrowsWithoutRoom.self
    ),
    Mutant(
      tap: "tap.waits-for-room",
      breaks: "send/lack-of-room-is-no-error",
      observed: "60 bytes",
      backend: WaitsForRoom.self
    ),
    Mutant(
      tap: "tap.stays-full",
      breaks: "send/lack-of-room-passes",
      observed: "nothing",
      backend: StaysFull.self
    ),
    Mutant(
      tap: "tap.gives-up-when-interrupted",
      breaks: "send/interrupted-write-is-repeated",
      observed: "dropped",
      port: { GivesUpWhenInterrupted(base: $0) }
    ),
    Mutant(
      tap: "tap.writes-the-rest",
      breaks: "send/partial-write-is-a-loss",
      observed: "60 bytes",
      port: { WritesTheRest(base: $0) }
    ),
    Mutant(
      tap: "tap.keeps-rest-of-a-lost-frame",
      breaks: "send/frame-after-a-loss-is-whole",
      observed: "74 observed",
      backend: KeepsRestOfALostFrame.self
    ),
    Mutant(
      tap: "tap.sends-refused-frames-later",
      breaks: "send/order-survives-losses",
      observed: "observed",
      backend: SendsRefusedFramesLater.self
    ),
    Mutant(
      tap: "tap.counts-no-drops",
      breaks: "send/drops-are-counted",
      observed: "0 drops",
      backend: CountsNoDrops.self
    ),
    Mutant(
      tap: "tap.sends-only-while-enabled",
      breaks: "send/works-whether-receive-is-enabled-or-not",
      observed: "nothing",
      backend: SendsOnlyWhileEnabled.self
    ),
    Mutant(
      tap: "tap.uses-one-buffer",
      breaks: "send/leaves-a-peeked-frame-alone",
      observed: "60 bytes",
      backend: UsesOneBuffer.self
    ),
    Mutant(
      tap: "tap.shares-a-limit",
      breaks: "send/undrained-neighbour-does-not-matter",
      observed: "nothing",
      backend: SharesALimit.self
    ),
  ]
}

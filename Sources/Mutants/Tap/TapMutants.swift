/// Taps that get their device wrong.
enum TapMutants {
  static let all = [
    Mutant(
      tap: "tap.writes-in-two-parts",
      breaks: "tap/one-write-a-frame",
      observed: "writev(",
      port: { WritesInTwoParts(base: $0) }
    ),
    Mutant(
      tap: "tap.looks-at-the-device-first",
      breaks: "tap/peeked-frame-needs-no-read",
      observed: "calls readv",
      backend: LooksAtTheDeviceFirst.self
    ),
    Mutant(
      tap: "tap.retries-without-end",
      breaks: "tap/no-buffers-is-no-endless-loop",
      observed: "calls writev",
      backend: RetriesWithoutEnd.self
    ),
    Mutant(
      tap: "tap.takes-link-down-for-the-end",
      breaks: "tap/read-while-the-link-is-down-is-no-failure",
      observed: "disconnected",
      port: { TakesLinkDownForTheEnd(base: $0) }
    ),
    Mutant(
      tap: "tap.keeps-protocol-information",
      breaks: "tap/no-protocol-information",
      observed: "64 observed",
      backend: KeepsProtocolInformation.self
    ),
    Mutant(
      tap: "tap.switches-on-what-is-offered",
      breaks: "tap/missing-checksum-is-completed",
      observed: "byte 50",
      port: { SwitchesOnWhatIsOffered(base: $0) }
    ),
    Mutant(
      tap: "tap.gives-up-on-a-link-that-was-down",
      breaks: "tap/link-down-is-a-loss",
      observed: "linkDown",
      backend: GivesUpOnALinkThatWasDown.self
    ),
    Mutant(
      tap: "tap.tires-of-link-cycles",
      breaks: "tap/link-cycles-do-no-harm",
      observed: "linkDown",
      backend: TiresOfLinkCycles.self
    ),
    Mutant(
      tap: "tap.takes-removal-for-nothing",
      breaks: "tap/removed-interface-is-reported",
      observed: "nothing",
      port: { TakesRemovalForNothing(base: $0) }
    ),
    Mutant(
      tap: "tap.counts-readiness",
      breaks: "tap/overrun-does-not-wedge",
      observed: "late: 0 seen",
      callback: CountsReadiness.self
    ),
    Mutant(
      tap: "tap.subtracts-without-looking",
      breaks: "tap/truncated-read-is-noticed",
      observed: "65535 bytes",
      backend: SubtractsWithoutLooking.self
    ),
  ]
}

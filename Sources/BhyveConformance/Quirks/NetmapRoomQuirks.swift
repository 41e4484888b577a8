internal import BackendConformance

/// Sending through netmap into too little room, and with a sync that fails.
enum NetmapRoomQuirks {
  static let all = [dropReturnsLength, noRetry, noHint, neverFits, syncIgnored]

  static let dropReturnsLength = Quirk(
    "Q-DROP-RET",
    "a frame for which the slots run out is dropped, and what is returned are the lengths of the "
      + "elements begun by then: 0 without any slot, and often the whole length, as if it had been "
      + "sent",
    sources: [Source.seed(536...538), Source.seed(573...580), Source.seed(598...598)],
    families: ["netmap"],
    rules: [
      .init(
        "ring-send/each-send-is-synced",
        "ring-send/refused-frame-leaves-no-trace",
        "ring-send/frame-after-a-refused-one-is-clean",
        "ring-send/slow-device-loses-nothing",
        "ring-send/current-comes-back",
        "ring-send/waits-at-the-tail",
        "pipe/slow-receiver-holds-the-sender",
        "pipe/chains-arrive-whole",
        "send/lack-of-room-is-no-error",
        "send/lack-of-room-passes"
      ) { place in
        if case .ring = place.action { nil } else { place.ringOutcome }
      },
      .init("send/refused-frame-is-not-reported-as-sent", "send/drops-are-counted") { place in
        place.errno(of: "NIOCTXSYNC") == nil ? place.ringOutcome : nil
      },
    ]
  )

  static let noRetry = Quirk(
    "Q-NO-RETRY",
    "without a free slot, or with too few, the frame is dropped first and the kernel asked to free "
      + "slots then: the next frame finds room that this one could have had",
    sources: [Source.seed(536...538), Source.seed(573...580), Source.seed(595...596)],
    families: ["netmap"],
    rules: [.init("ring-send/full-ring-is-synced-first") { place in place.ringOutcome }]
  )

  static let noHint = Quirk(
    "Q-NO-HINT",
    "current is not moved to the tail when the slots run out: whoever waits for room is woken at "
      + "once, by the slots that were too few",
    sources: [Source.seed(573...580)],
    families: ["netmap"],
    rules: [.init("ring-send/waits-at-the-tail") { place in place.ringOutcome }]
  )

  static let neverFits = Quirk(
    "Q-NEVER-FITS",
    "a frame longer than the whole ring is written into every free slot, dropped, and told as sent, "
      + "each time",
    sources: [Source.seed(544...585), Source.seed(598...598)],
    families: ["netmap"],
    rules: [.init("ring-send/frame-that-never-fits-is-an-error") { place in place.ringOutcome }]
  )

  static let syncIgnored = Quirk(
    "Q-SYNC-IGNORED",
    "what the sync came to is not looked at: a card that is gone takes every frame, and a frame that "
      + "was not handed over leaves with the next one",
    sources: [Source.seed(596...598)],
    families: ["netmap"],
    rules: [
      .init(
        "ring-send/failing-sync-is-reported",
        "ring-send/unsynced-frame-is-taken-back",
        "send/refused-frame-is-not-reported-as-sent",
        "send/frame-after-a-loss-is-whole",
        "send/drops-are-counted",
        "errors/explain-themselves"
      ) { place in
        place.errno(of: "NIOCTXSYNC") == nil ? nil : place.ringOutcome
      }
    ]
  )
}

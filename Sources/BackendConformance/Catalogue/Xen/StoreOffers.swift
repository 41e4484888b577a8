/// What a netback says in the store before a frontend answers.
enum StoreOffers {
  static let all = [
    offersComeBeforeTheState, copiesAreOffered, disturbedOffersAreWrittenAgain,
    queueLimitIsANumber,
  ]

  /// The keys of what may be offered, and the choice by which it is.
  private static let offers: [(key: String, choice: String)] = [
    ("feature-sg", "feature-sg"), ("feature-gso-tcpv4", "feature-gso-tcpv4"),
    ("feature-gso-tcpv6", "feature-gso-tcpv6"),
    ("feature-ipv6-csum-offload", "feature-ipv6-csum-offload"),
    ("feature-split-event-channels", XenChoice.splitChannels.rawValue),
    ("feature-multicast-control", XenChoice.multicastControl.rawValue),
    ("feature-dynamic-multicast-control", "feature-dynamic-multicast-control"),
    ("feature-xdp-headroom", XenChoice.headroom.rawValue),
    ("feature-ctrl-ring", XenChoice.controlRing.rawValue),
  ]

  static let offersComeBeforeTheState = Requirement(
    "xenstore/offers-come-before-the-state",
    .must,
    "all that a netback offers is in the store, as 1, before the state that asks the frontend to read "
      + "it",
    because: "the frontend reads once, and does without what comes later",
    sources: [Source.netif, "Linux drivers/net/xen-netback/xenbus.c", Source.netbackMeasured],
    families: XenScript.families,
    hint:
      "the state written in the same transaction, or a key that was forgotten and added behind it"
  ) {
    for (key, choice) in offers {
      Script(key, bench: XenScript.bench()) {
        Step.open()
        StoreSteps.either(
          .writes,
          choice,
          [("offered", .writes(["\(key)=1", "state=2"])), ("missing", .writes(["state=2"]))]
        )
        StoreSteps.offer(key, choice)
        Guest.connect()
        StoreSteps.served
      }
    }
  }

  static let copiesAreOffered = Requirement(
    "xenstore/copies-are-offered",
    .must,
    "a netback offers to copy what the frontend receives, and not to swap pages with it",
    because: "no frontend of today gives its pages away, and none connects without copies",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families
  ) {
    Script("before the frontend connects", bench: XenScript.bench()) {
      Step.open()
      Guest.writes(["feature-rx-copy=1", "state=2"])
      Guest.read("feature-rx-copy", "1")
      StoreSteps.either(
        .read(.backend, key: "feature-rx-flip"),
        "feature-rx-flip",
        [(nil, .value("0")), (nil, .value(nil))]
      )
      Guest.states([2])
    }
  }

  static let disturbedOffersAreWrittenAgain = Requirement(
    "xenstore/disturbed-offers-are-written-again",
    .should,
    "a transaction that somebody else has disturbed is begun anew until it succeeds, and none is left "
      + "open",
    because: "on a host that starts many guests every other transaction is disturbed",
    sources: ["Linux drivers/net/xen-netback/xenbus.c: netback_probe", "Xen io/xenbus.h"],
    families: XenScript.families,
    hint: "EAGAIN taken for a failure, or for a success"
  ) {
    for times in [1, 2, 10] {
      Script("\(times) times", bench: XenScript.bench()) {
        Step.fault("xs_transaction_end", times: times, .fails(ErrorNumber.again))
        Step.open()
        Guest.holdings(XenHoldings(pages: 0, channels: 0, transactions: 0))
        Guest.writes(["feature-rx-copy=1", "state=2"])
        Guest.states([2])
        Guest.connect()
        Guest.states([4])
        StoreSteps.served
      }
    }
  }

  static let queueLimitIsANumber = Requirement(
    "xenstore/queue-limit-is-a-number",
    .must,
    "a netback that has several queues says before its state how many, which is a number of at least 1",
    because: "the frontend divides its work by what it makes of it",
    sources: [Source.netif, "Linux drivers/net/xen-netback/xenbus.c"],
    families: XenScript.families
  ) {
    Script("before the frontend connects", bench: XenScript.bench()) {
      Step.open()
      StoreSteps.queueOffer
      StoreSteps.either(
        .writes,
        XenChoice.queues.rawValue,
        [
          ("several", .writes(["multi-queue-max-queues", "state=2"])),
          ("one", .writes(["state=2"])),
        ]
      )
    }
  }
}

/// What a frontend says in the store of its rings and channels.
enum StoreRings {
  static let all = [
    ringsAreMandatory, channelsAreMandatory, splitChannelsComeInPairs, failureIsUnwound,
    failureWaitsForTheFrontend, failedReadLeavesNothingHalf, sharedRingsAreSafe,
  ]

  private static let split = XenScript.bench(isSplit: true)

  static let ringsAreMandatory = Requirement(
    "xenstore/rings-are-mandatory",
    .must,
    "without a page for each of the two rings nothing is connected, held or served, and a frontend that "
      + "begins anew with both is served",
    because: "what was mapped first stays mapped, and the guest's memory can never be freed",
    sources: [Source.netif, Source.advisory(367), Source.netbackMeasured],
    families: XenScript.families,
    hint: "an error path that gives back the last thing alone"
  ) {
    for key in ["tx-ring-ref", "rx-ring-ref"] {
      for (name, value) in [
        ("missing", nil), ("empty", ""), ("no number", "x"), ("not granted", "999999"),
        ("beyond all grants", "4294967295"),
      ] {
        StoreSteps.refused("\(key) \(name)", changing: [key: value])
      }
    }
    StoreSteps.refused("both missing", changing: ["tx-ring-ref": nil, "rx-ring-ref": nil])
  }

  static let channelsAreMandatory = Requirement(
    "xenstore/channels-are-mandatory",
    .must,
    "without an event channel that can be bound nothing is connected, held or served, and a frontend "
      + "that begins anew with one is served",
    because: "an interface that nobody can wake looks connected, and loses everything",
    sources: [Source.netif, "Linux ccb02adf3293", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the rings mapped and left when the channel turns out to be wrong"
  ) {
    for (name, value) in [
      ("missing", nil), ("empty", ""), ("no number", "x"), ("0", "0"), ("nobody's", "9999"),
    ] {
      StoreSteps.refused("event-channel \(name)", changing: ["event-channel": value])
    }
    for key in ["event-channel-tx", "event-channel-rx"] {
      StoreSteps.refused(
        "\(key) alone",
        changing: ["event-channel": nil, key: "@event-channel"]
      )
    }
  }

  static let splitChannelsComeInPairs = Requirement(
    "xenstore/split-channels-come-in-pairs",
    .must,
    "two channels are used if the frontend has written both, and otherwise the single one",
    because: "with half a pair one ring is raised on a channel that nobody listens to",
    sources: [Source.netif, "Linux drivers/net/xen-netback/xenbus.c: connect_data_rings"],
    families: XenScript.families,
    hint: "the two keys looked for one after the other"
  ) {
    let choice = XenChoice.splitChannels.rawValue
    let offer = StoreSteps.offer("feature-split-event-channels", choice)
    XenScript.connected("both", on: split) {
      offer
      StoreSteps.decided(choice, served: "offered", refused: "missing", channels: 2)
    }
    XenScript.connected("both, and a single one", on: split, changing: ["event-channel": "9999"]) {
      offer
      StoreSteps.decided(choice, served: "offered", refused: "missing", channels: 2)
    }
    let same: [String: String?] = [
      "event-channel": nil, "event-channel-tx": "@event-channel",
      "event-channel-rx": "@event-channel",
    ]
    XenScript.connected("both the same", changing: same) {
      offer
      StoreSteps.decided(choice, served: "offered", refused: "missing")
    }
    for (key, other, ring) in [
      ("event-channel-tx", "event-channel-rx", XenRing.receive),
      ("event-channel-rx", "event-channel-tx", XenRing.transmit),
    ] {
      let changes: [String: String?] = [other: nil, "event-channel": "@\(other)"]
      XenScript.connected("\(key), and a single one", on: split, changing: changes) {
        Guest.holdings(XenHoldings(pages: 2, channels: 1, transactions: 0))
        Guest.put([.last(60, id: 7)], StoreSteps.frame)
        Guest.show()
        Guest.raise(ring)
        Step.receive(StoreSteps.frame)
        Guest.responses([.okay(7)])
        Guest.notifications(1...1, of: ring)
      }
    }
  }

  static let failureIsUnwound = Requirement(
    "xenstore/failure-is-unwound",
    .must,
    "when a page cannot be mapped or a channel not be bound, all that was acquired before is given back",
    because: "each attempt of the frontend leaves a page more that its domain cannot free",
    sources: [Source.advisory(367), "Linux ccb02adf3293"],
    families: XenScript.families,
    hint: "the first ring left mapped when the second one fails"
  ) {
    for ring in [XenRing.transmit, .receive] {
      for status in [-1, -2, -3, -8] {
        Script("mapping the \(ring) ring fails with \(status)", bench: XenScript.bench()) {
          Step.open()
          Guest.fail(.map, page: -1, of: ring, status: status, times: 1)
          failure
        }
      }
    }
    for errno in [ErrorNumber.invalid, ErrorNumber.outOfMemory] {
      Script("binding the channel fails with errno \(errno)", bench: XenScript.bench()) {
        Step.open()
        Step.fault("IOCTL_EVTCHN_BIND_INTERDOMAIN", .fails(errno))
        failure
      }
    }
  }

  @StepBuilder private static var failure: [Step] {
    Guest.connect()
    StoreSteps.failed
    StoreSteps.unserved()
    StoreSteps.reconnected()
    Step.close
    Guest.holdings(.nothing)
  }

  static let failureWaitsForTheFrontend = Requirement(
    "xenstore/failure-waits-for-the-frontend",
    .should,
    "a connection that failed is not tried again before the frontend has told another state",
    because:
      "the frontend sees the failure and frees its rings, while the netback maps them after all",
    sources: ["Xen io/xenbus.h", Source.netbackMeasured],
    families: XenScript.families,
    hint: "each event of the store taken for a change, though the state is the same as before"
  ) {
    for times in 1...3 {
      Script("told \(times + 1) times", bench: XenScript.bench()) {
        Step.open()
        Guest.fail(.map, page: -1, of: .receive, status: -3, times: 1)
        Guest.connect()
        for _ in 0..<times { Guest.tell(StoreSteps.connected) }
        StoreSteps.failed
        StoreSteps.unserved()
        StoreSteps.reconnected()
      }
    }
  }

  static let failedReadLeavesNothingHalf = Requirement(
    "xenstore/failed-read-leaves-nothing-half",
    .must,
    "when the store cannot be read, the frontend is either served or nothing of it is held",
    because: "what is tested once on a quiet store is left half connected by a busy one",
    sources: [Source.advisory(374), "Xen io/xenbus.h"],
    families: XenScript.families,
    hint: "an error of the store taken for a key that is not there"
  ) {
    for position in 0..<24 {
      Script("read \(position)", bench: XenScript.bench()) {
        Step.open()
        Step.fault("xs_read", after: position, .fails(ErrorNumber.io))
        Guest.connect()
        StoreSteps.decided("a failed read", served: "served", refused: "refused")
        Step.close
        Guest.holdings(.nothing)
      }
    }
  }

  static let sharedRingsAreSafe = Requirement(
    "xenstore/shared-rings-are-safe",
    .must,
    "two rings in one page are refused or served as two, and each page is unmapped as often as it was "
      + "mapped",
    because: "a page that is counted once and unmapped twice belongs to somebody else by then",
    sources: [Source.netbackMeasured],
    families: XenScript.families,
    hint: "mapped pages kept by their grants"
  ) {
    for (key, other) in [("tx-ring-ref", "rx-ring-ref"), ("rx-ring-ref", "tx-ring-ref")] {
      XenScript.connected("\(key) in place of \(other)", changing: [other: "@\(key)"]) {
        StoreSteps.either(
          .holdings,
          "rings in one page",
          [
            ("served", .holdings(XenHoldings(channels: 1, transactions: 0))),
            ("refused", .holdings(XenHoldings(pages: 0, channels: 0, transactions: 0))),
          ]
        )
        if key == "tx-ring-ref" {
          StoreSteps.passing("rings in one page", served: "served", refused: "refused")
        }
        Guest.tell(StoreSteps.closed)
        Guest.state(StoreSteps.closed)
        Guest.holdings(XenHoldings(pages: 0, channels: 0, transactions: 0, strayUnmaps: 0))
        Step.close
        Guest.holdings(.nothing)
      }
    }
  }
}

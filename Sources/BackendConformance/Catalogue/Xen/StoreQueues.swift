/// What a frontend says in the store of its queues.
enum StoreQueues {
  static let all = [
    countIsInRange, oddCountIsNotHuge, oneQueueHasFlatKeys, queuesHaveKeysOfTheirOwn,
    strayKeysAreNotUsed, queuesConnectTogether,
  ]

  private static let choice = XenChoice.queues.rawValue
  private static let count = "multi-queue-num-queues"
  private static let keys = ["tx-ring-ref", "rx-ring-ref", "event-channel"]

  private static let offer = StoreSteps.queueOffer

  /// The keys of a queue, said once more without its directory.
  private static func flat(from queue: Int) -> [String: String?] {
    Dictionary(uniqueKeysWithValues: keys.map { ($0, "@queue-\(queue)/\($0)") })
  }

  /// The keys of one queue's directory.
  private static func directory(_ queue: Int, _ value: (String) -> String?) -> [String: String?] {
    Dictionary(uniqueKeysWithValues: keys.map { ("queue-\(queue)/\($0)", value($0)) })
  }

  static let countIsInRange = Requirement(
    "xenstore/queue-count-is-in-range",
    .must,
    "no queue at all, and more queues than are offered, are refused by a netback that has several",
    because: "it divides by their number, and makes as many as it is told",
    sources: ["CVE-2026-45890", Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the number taken as it is, because a well-behaved frontend has looked at the offer"
  ) {
    for number in ["0", "1025", "65536", "4294967295", "4294967296", "18446744073709551616"] {
      Script("\(number) queues", bench: XenScript.bench()) {
        Step.open()
        offer
        Guest.connect([count: number])
        StoreSteps.decided(choice, served: "one", refused: "several")
      }
    }
    Script("more queues than offered, with all their keys", bench: XenScript.bench(queues: 5)) {
      Step.open()
      StoreSteps.either(
        .read(.backend, key: "multi-queue-max-queues"),
        "the offer",
        [(nil, .value(nil)), (nil, .number(1...4))]
      )
      Guest.connect()
      StoreSteps.failed
      StoreSteps.unserved(by: 4)
    }
  }

  static let oddCountIsNotHuge = Requirement(
    "xenstore/odd-queue-count-is-not-huge",
    .must,
    "a number of queues that is none is refused or taken for one, never for many",
    because: "-1 read without its sign asks for four thousand million queues",
    sources: ["Linux drivers/net/xen-netback/xenbus.c", Source.netbackMeasured],
    families: XenScript.families,
    hint: "a number scanned with its sign, or only as far as it goes"
  ) {
    for text in ["", "x", "-1", "+2", "-2147483648", "1x"] {
      Script("“\(text)”", bench: XenScript.bench(queues: 2)) {
        Step.open()
        Guest.connect(flat(from: 0).merging([count: text]) { $1 })
        StoreSteps.decided(
          XenChoice.numberForm.rawValue,
          served: "scanned",
          refused: "exact"
        )
      }
    }
  }

  static let oneQueueHasFlatKeys = Requirement(
    "xenstore/one-queue-has-flat-keys",
    .must,
    "a frontend that asks for one queue, or does not say how many, has its keys in its own directory",
    because: "netbacks that looked for queue-0 then left every older frontend without a network",
    sources: [Source.netif, "xcp-ng/win-xenvif 16002b8", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the directories of queues looked into as soon as the number is there"
  ) {
    let moved = flatKeysMissing.merging(directory(0) { "@\($0)" }) { $1 }
    for (name, number) in [("not said", nil), ("one", "1")] {
      XenScript.connected("\(name), flat keys", changing: [count: number]) { StoreSteps.served }
      StoreSteps.refused(
        "\(name), keys of queue-0 alone",
        changing: moved.merging([count: number]) { $1 }
      )
    }
  }

  private static let flatKeysMissing: [String: String?] = Dictionary(
    uniqueKeysWithValues: keys.map { ($0, nil) }
  )

  static let queuesHaveKeysOfTheirOwn = Requirement(
    "xenstore/queues-have-keys-of-their-own",
    .must,
    "a frontend that asks for several queues has the keys of each in a directory of its own, and all of "
      + "them are served",
    because: "a queue that nobody serves loses every flow that the frontend puts into it",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "one queue's channel or ring used for all"
  ) {
    for count in 2...4 {
      XenScript.connected("\(count) queues", on: XenScript.bench(queues: count)) {
        offer
        StoreSteps.either(
          .holdings,
          choice,
          [
            ("several", .holdings(XenHoldings(pages: 2 * count, channels: count))),
            ("one", .holdings(XenHoldings(pages: 0, channels: 0))),
          ]
        )
        for queue in (0..<count).reversed() {
          StoreSteps.passing(choice, served: "several", refused: "one", by: queue)
        }
      }
    }
  }

  static let strayKeysAreNotUsed = Requirement(
    "xenstore/stray-keys-are-not-used",
    .must,
    "keys of a queue that was not asked for, and keys outside the queues' directories, are not used by "
      + "a netback that has several queues",
    because: "what an earlier connection left behind is mapped again, long after it was freed",
    sources: [Source.netif, Source.netbackMeasured],
    families: XenScript.families,
    hint: "the directories listed instead of the number read"
  ) {
    let bench = XenScript.bench(queues: 3)
    XenScript.connected("a directory more", on: bench, changing: [count: "2"]) {
      Guest.transmit([.last(60, id: 7)], StoreSteps.frame, in: .transmit(2))
      Step.peek
      Guest.responses([], of: .transmit(2))
      Guest.indices(of: .transmit(2), responses: 0)
    }
    let changes = flat(from: 2).merging([count: "2"]) { $1 }
    Script("flat keys as well", bench: bench) {
      Step.open()
      offer
      Guest.connect(changes)
      StoreSteps.passing(choice, served: "one", refused: "several", by: 2)
    }
  }

  static let queuesConnectTogether = Requirement(
    "xenstore/queues-connect-together",
    .should,
    "when one of several queues cannot be connected none is, and all that was acquired is given back",
    because: "the frontend uses all of its queues or none: flows in the missing one hang for ever",
    sources: [Source.netif, Source.advisory(367), "Linux ccb02adf3293", Source.netbackMeasured],
    families: XenScript.families,
    hint: "the queues up to the one that failed kept"
  ) {
    for queue in 0..<3 {
      for key in keys {
        for (name, value) in [("missing", nil), ("no number", "x"), ("nobody's", "999999")] {
          XenScript.connected(
            "queue-\(queue)/\(key) \(name)",
            on: XenScript.bench(queues: 3),
            changing: ["queue-\(queue)/\(key)": value]
          ) {
            StoreSteps.failed
            StoreSteps.unserved(by: 2 - queue)
            Step.close
            Guest.holdings(.nothing)
          }
        }
      }
    }
  }
}

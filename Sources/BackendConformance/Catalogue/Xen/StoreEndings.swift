/// What is left of a connection when it has ended.
enum StoreEndings {
  static let all = [
    manyConnectionsLeaveNothing, workUnderWayEnds, endingWaitsForCalls, disabledInterfaceEnds,
  ]

  private static let nothing = XenHoldings(
    pages: 0,
    channels: 0,
    transactions: 0,
    strayUnmaps: 0
  )

  static let manyConnectionsLeaveNothing = Requirement(
    "xenstore/many-connections-leave-nothing",
    .must,
    "however often a frontend connects, nothing of its earlier connections is held, and nothing at all "
      + "when the netback is closed",
    because: "a guest that restarts its driver in a loop uses up the host's channels and mappings",
    sources: ["CVE-2010-3699", Source.advisory(374), Source.netbackMeasured],
    families: XenScript.families,
    hint: "one thing forgotten on one of the ways out"
  ) {
    let benches = [
      ("one queue", XenScript.bench()),
      ("two queues", XenScript.bench(queues: 2, isSplit: true, hasControl: true)),
    ]
    for (name, states) in [
      ("closing and closed", [5, 6, 1]), ("closed", [6, 1]), ("at once", [1]), ("closing", [5, 1]),
    ] as [(String, [Int])] {
      for (queues, bench) in benches {
        Script("\(queues), \(name)", bench: bench) {
          Step.open()
          Step.repeated(20) {
            Guest.connect()
            for state in states { Guest.tell(state) }
          }
          Guest.state(2)
          Guest.holdings(nothing)
          Step.close
          Guest.holdings(.nothing)
        }
      }
    }
  }

  static let workUnderWayEnds = Requirement(
    "xenstore/work-under-way-ends",
    .must,
    "what waits in a netback when the frontend ends does nothing to it any more: no byte of a ring or a "
      + "page changes, whatever the clock says, and what was taken from it before is delivered",
    because: "the pages are the guest's again, and hold something else by then",
    sources: [Source.advisory(374), "XSA-527", "Linux b17075d5c198", "xcp-ng/win-xenvif 5f56143"],
    families: XenScript.families,
    hint: "a timer or a queue that outlives the rings it is for"
  ) {
    for states in [[5], [5, 6], [6], [1]] {
      XenScript.connected("frames that nobody received, told \(states)") {
        Guest.transmit([.last(60, id: 7)], StoreSteps.frame)
        ended(states)
        Guest.indices(requests: 1, responses: 1)
        Step.receive(StoreSteps.frame)
        Step.peek
      }
      Script("slots that wait for their time, told \(states)", bench: XenScript.bench()) {
        Guest.configure("rate", "60,1000000")
        Step.open()
        Guest.connect()
        StoreSteps.transmitted()
        Guest.transmit([.last(60, id: 8)], FramePattern(60, seed: 8))
        ended(states)
        Guest.indices(requests: 2, responses: 1)
        Step.peek
      }
      XenScript.connected("frames that wait for pages, told \(states)") {
        Step.send(StoreSteps.frame)
        ended(states)
        Guest.post(1)
        Guest.raise(.receive)
        Step.advanceClock(90_000_000_000)
        Guest.indices(of: .receive, requests: 1, responses: 0)
        Guest.untouched(0)
        Step.drops(1...1)
      }
      XenScript.connected("slots that nobody has seen, told \(states)") {
        Guest.put([.last(60, id: 7)], StoreSteps.frame)
        Guest.set(.requestProducer, to: 1)
        ended(states)
        Guest.indices(requests: 1, responses: 0)
        Step.peek
      }
    }
  }

  @StepBuilder private static func ended(_ states: [Int]) -> [Step] {
    for state in states { Guest.tell(state) }
    Guest.holdings(nothing)
    Guest.raise()
    Step.advanceClock(5_000_000_000)
    Step.runLoop(turns: 2, callbacks: 0)
  }

  static let endingWaitsForCalls = Requirement(
    "xenstore/ending-waits-for-calls",
    .must,
    "a frontend that ends while frames pass is let go of when nobody uses its rings any more",
    because: "whoever still uses them writes into a page that is not mapped, or is somebody else's",
    sources: ["XSA-527", "Linux b17075d5c198"],
    families: XenScript.families,
    untestable:
      "two threads meet in the right place only by chance; a netback's own tests look for it "
      + "under the thread sanitizer"
  )

  static let disabledInterfaceEnds = Requirement(
    "xenstore/disabled-interface-ends",
    .must,
    "a frontend that has broken the protocol can end and begin anew like any other",
    because: "the guest's driver is at fault, and the guest has to be rebooted to get rid of it",
    sources: [Source.advisory(374), Source.netbackMeasured],
    families: XenScript.families,
    hint: "an interface that is disabled taken for one that has ended"
  ) {
    for states in [[5, 6, 1], [6, 1], [1], [5, 1]] {
      XenScript.connected("told \(states)") {
        broken
        for state in states { Guest.tell(state) }
        Guest.state(2)
        Guest.holdings(nothing)
        Guest.reset
        Guest.connect()
        Guest.state(StoreSteps.connected)
        StoreSteps.served
      }
    }
    XenScript.connected("closed by the host") {
      broken
      Step.close
      Guest.state(StoreSteps.closed)
      Guest.holdings(.nothing)
    }
  }

  /// Bytes beyond the page.
  @StepBuilder private static var broken: [Step] {
    Guest.transmit([.last(60, id: 1, offset: 4037)])
    Step.peek
    Guest.responses(.violation, ["error": [.error(1)], "fatal": []])
    Guest.state(StoreSteps.connected)
  }
}

/// The states that a netback tells, one after the other.
enum StoreStates {
  static let all = [
    statesFollowTheFrontend, closedFrontendIsLetGo, newFrontendIsReadAnew, oddStatesAreSurvived,
    offlineInterfaceEnds, closeIsTold,
  ]

  private static let nothing = XenHoldings(
    pages: 0,
    channels: 0,
    transactions: 0,
    strayUnmaps: 0
  )

  static let statesFollowTheFrontend = Requirement(
    "xenstore/states-follow-the-frontend",
    .must,
    "a netback goes from waiting to connected, closing and closed as the frontend does, one state after "
      + "the other, and waits anew for one that begins anew",
    because:
      "each end waits for the other's next state; one that is left out is waited for for ever",
    sources: ["Xen io/xenbus.h", "Linux drivers/net/xen-netback/xenbus.c: set_backend_state"]
      + [Source.netbackMeasured],
    families: XenScript.families,
    hint: "a state that is written although nothing of it has been done"
  ) {
    life("an ordinary life", [(1, []), (4, [4]), (5, [5]), (6, [6]), (1, [2]), (4, [4])])
    life("told twice", [(1, []), (1, []), (4, [4]), (4, []), (5, [5]), (5, []), (6, [6]), (6, [])])
    life("never connected", [(5, [5]), (6, [6]), (1, [2]), (4, [4])])
    life("closed before it connects", [(6, [5, 6]), (1, [2]), (4, [4])])
    life("back from closing", [(4, [4]), (5, [5]), (4, [6, 2, 4]), (6, [5, 6])])
    life("begins anew while closing", [(4, [4]), (5, [5]), (1, [6, 2]), (4, [4])])
    life("initialised is not connected any less", [(4, [4]), (3, []), (5, [5]), (6, [6])])
  }

  /// A script that tells states, after each of which the netback tells these.
  private static func life(_ name: String, _ course: [(told: Int, answer: [Int])]) -> Script {
    Script(name, bench: XenScript.bench()) {
      Step.open()
      Guest.states([2])
      for (told, answer) in course {
        if told == StoreSteps.connected { Guest.connect() } else { Guest.tell(told) }
        Guest.states(answer)
        if answer.last == StoreSteps.connected { StoreSteps.served }
        if answer.last == StoreSteps.closed { Guest.holdings(nothing) }
      }
    }
  }

  static let closedFrontendIsLetGo = Requirement(
    "xenstore/closed-frontend-is-let-go",
    .must,
    "a frontend that is closed without having been closing, or that is gone, is let go of in the same way",
    because:
      "a guest that crashes says nothing before; its pages stay mapped and the domain a zombie",
    sources: ["mirage/mirage-net-xen 1.12.0", Source.netbackMeasured],
    families: XenScript.families,
    hint: "all that is to be given back given back in closing"
  ) {
    let tellings: [(String, Step)] = [
      ("closed", Guest.tell(StoreSteps.closed)), ("unknown", Guest.tell(0)),
      ("without a state", Guest.write("state", nil)),
    ]
    for (name, telling) in tellings {
      XenScript.connected(name) {
        Guest.transmit([.last(60, id: 7)], StoreSteps.frame)
        Guest.states([2, 4])
        telling
        Guest.states([5, 6]).allowing(
          Outcome(.xen(.states([5, 6]))),
          Outcome(.xen(.states([6])))
        )
        Guest.holdings(nothing)
        Step.receive(StoreSteps.frame)
        Step.send(StoreSteps.frame).allowing(.error("linkDown"))
      }
    }
  }

  static let newFrontendIsReadAnew = Requirement(
    "xenstore/new-frontend-is-read-anew",
    .must,
    "a frontend that begins anew, from whatever state, gets a netback that waits for it and takes its "
      + "keys as they are then",
    because:
      "a guest that has booted another kernel has other rings, and the old ones are its memory",
    sources: ["Linux drivers/net/xen-netback/xenbus.c: frontend_changed", Source.netbackMeasured],
    families: XenScript.families,
    hint: "what was read for the first connection kept"
  ) {
    for (name, states) in [
      ("at once", []), ("after closing", [5]), ("after closed", [5, 6]), ("after a crash", [6]),
    ] as [(String, [Int])] {
      XenScript.connected(name, on: XenScript.bench(queues: 2), changing: keys(0)) {
        passes(queue: 0)
        for state in states { Guest.tell(state) }
        Guest.tell(StoreSteps.initialising)
        Guest.state(2)
        Guest.holdings(nothing)
        Guest.connect(keys(1))
        Guest.state(StoreSteps.connected)
        passes(queue: 1)
        Guest.transmit([.last(60, id: 9)], StoreSteps.frame, in: .transmit(0))
        Step.peek
        Guest.indices(of: .transmit(0), responses: 1)
      }
    }
  }

  /// The keys of one queue out of several as those of the only one.
  private static func keys(_ queue: Int) -> [String: String?] {
    [
      "multi-queue-num-queues": "1", "tx-ring-ref": "@queue-\(queue)/tx-ring-ref",
      "rx-ring-ref": "@queue-\(queue)/rx-ring-ref",
      "event-channel": "@queue-\(queue)/event-channel",
    ]
  }

  @StepBuilder private static func passes(queue: Int) -> [Step] {
    StoreSteps.transmitted(by: queue)
    Guest.post(1, in: .receive(queue))
    Step.send(StoreSteps.frame)
    Guest.received([StoreSteps.frame], queue: queue)
  }

  static let oddStatesAreSurvived = Requirement(
    "xenstore/odd-states-are-survived",
    .must,
    "a state that no frontend has at that point, or that there is not, does no harm: one that then ends "
      + "and begins anew is served",
    because: "the store is the guest's to write, and the netback serves others as well",
    sources: ["Linux drivers/net/xen-netback/xenbus.c: frontend_changed", Source.netbackMeasured],
    families: XenScript.families,
    hint: "a switch without a default, or a table that is read at the state"
  ) {
    for text in ["2", "8", "9", "100", "4294967295", "4294967300", "-1", "x", ""] {
      Script("“\(text)”, waiting", bench: XenScript.bench()) {
        Step.open()
        Guest.write("state", text)
        Guest.holdings(nothing)
        Step.send(StoreSteps.frame).allowing(.error("linkDown"))
        Step.close
        Guest.holdings(.nothing)
      }
    }
    for state in [2, 8, 9, 100] {
      XenScript.connected("\(state), connected") {
        StoreSteps.served
        Guest.tell(state)
        StoreSteps.reconnected()
        Step.close
        Guest.holdings(.nothing)
      }
    }
  }

  static let offlineInterfaceEnds = Requirement(
    "xenstore/offline-interface-ends",
    .must,
    "an interface that the host has taken offline ends with its frontend and is not begun anew, and one "
      + "that is online is",
    because:
      "the host removes the directory when the netback is closed; one that goes on writes it anew",
    sources: ["mirage/mirage-net-xen 2.1.2", "Linux drivers/net/xen-netback/xenbus.c"],
    families: XenScript.families,
    hint: "the key online not looked at"
  ) {
    for (name, value) in [("0", "0"), ("gone", nil)] {
      XenScript.connected("online \(name)") {
        Guest.states([2, 4])
        Guest.configure("online", value)
        Guest.tell(StoreSteps.closing)
        Guest.tell(StoreSteps.closed)
        Guest.states([5, 6])
        Guest.tell(StoreSteps.initialising)
        Guest.connect()
        Guest.states([])
        Guest.holdings(nothing)
      }
    }
    XenScript.connected("online 1") {
      Guest.configure("online", "1")
      StoreSteps.reconnected()
    }
  }

  static let closeIsTold = Requirement(
    "xenstore/close-is-told",
    .must,
    "a netback that is closed tells closing and closed, holds nothing, writes nothing afterwards, and can "
      + "be opened anew",
    because: "the guest uses rings that nobody serves, and the host waits to remove the interface",
    sources: ["mirage/mirage-net-xen 2.1.2", "Xen io/xenbus.h"],
    families: XenScript.families,
    hint: "the watch left, so that a netback that is gone follows the frontend"
  ) {
    for (name, states, told) in [
      ("waiting", [], [5, 6]), ("connected", [4], [5, 6]), ("closing", [4, 5], [6]),
      ("closed", [4, 5, 6], []),
    ] as [(String, [Int], [Int])] {
      Script(name, bench: XenScript.bench()) {
        Step.open()
        for state in states {
          if state == StoreSteps.connected { Guest.connect() } else { Guest.tell(state) }
        }
        Guest.states([2] + states)
        Step.close
        Guest.states(told)
        Guest.holdings(.nothing)
        Guest.tell(StoreSteps.initialising)
        Guest.states([])
        Step.open()
        Guest.states([2])
        Guest.connect()
        Guest.states([4])
        StoreSteps.served
      }
    }
  }
}

/// What scripts about the store have in common.
enum StoreSteps {
  /// The frame that shows that something is served.
  static let frame = FramePattern(60, seed: 31)
  /// The states that a frontend tells.
  static let (initialising, connected, closing, closed) = (1, 4, 5, 6)

  /// Frames pass in both directions of a queue to which frames without an address go.
  @StepBuilder static var served: [Step] {
    transmitted()
    Guest.post(1, from: 5)
    Step.send(frame)
    Guest.responses([.data(60, id: 5)], of: .receive)
    Guest.received([frame])
  }

  /// A frame of a queue passes.
  @StepBuilder static func transmitted(by queue: Int = 0) -> [Step] {
    Guest.transmit([.last(60, id: 7)], frame, in: .transmit(queue))
    Step.receive(frame)
    Guest.responses([.okay(7)], of: .transmit(queue))
  }

  /// Nothing of the frontend is held or looked at.
  @StepBuilder static func unserved(by queue: Int = 0) -> [Step] {
    Guest.holdings(XenHoldings(pages: 0, channels: 0, transactions: 0, strayUnmaps: 0))
    Guest.transmit([.last(60, id: 7)], frame, in: .transmit(queue))
    Step.peek
    Guest.responses([], of: .transmit(queue))
    Step.send(frame).allowing(.error("linkDown"))
  }

  /// The netback tells that it could not connect, as the profile has it.
  static var failed: Step {
    either(
      .read(.backend, key: "state"),
      XenChoice.failedConnection.rawValue,
      [
        ("closed", .value("5")), ("closed", .value("6")), ("connected", .value("4")),
      ]
    )
  }

  /// The frontend gives up, and connects as it should have.
  @StepBuilder static func reconnected(without keys: [String] = []) -> [Step] {
    Guest.tell(closed)
    Guest.state(closed)
    for key in keys { Guest.write(key, nil) }
    Guest.tell(initialising)
    Guest.state(2)
    Guest.reset
    Guest.connect()
    Guest.state(connected)
    served
  }

  /// Asks whether something is offered; what else the netback does has to agree with it.
  static func offer(_ key: String, _ choice: String) -> Step {
    either(
      .read(.backend, key: key),
      choice,
      [("offered", .value("1")), ("missing", .value(nil)), ("missing", .value("0"))]
    )
  }

  /// Asks how many queues are offered: none said is one.
  static var queueOffer: Step {
    either(
      .read(.backend, key: "multi-queue-max-queues"),
      XenChoice.queues.rawValue,
      [("one", .value(nil)), ("one", .value("1")), ("several", .number(2...1024))]
    )
  }

  /// A question whose answers are alternatives, each with the label of one.
  static func either(
    _ action: XenAction,
    _ choice: String,
    _ alternatives: [(label: String?, answer: XenExpectation)]
  ) -> Step {
    let outcomes = alternatives.map { Outcome(.xen($0.answer), label: $0.label) }
    return Step(.xen(action), allowed: outcomes, choice: choice)
  }

  /// A frame of a queue passes, or nothing is held, as a choice is made.
  @StepBuilder static func decided(
    _ choice: String,
    served: String,
    refused: String,
    pages: Int = 2,
    channels: Int = 1
  ) -> [Step] {
    either(
      .holdings,
      choice,
      [
        (served, .holdings(XenHoldings(pages: pages, channels: channels, transactions: 0))),
        (refused, .holdings(XenHoldings(pages: 0, channels: 0, transactions: 0))),
      ]
    )
    passing(choice, served: served, refused: refused)
  }

  /// A frame of a queue passes or not, as a choice is made.
  @StepBuilder static func passing(
    _ choice: String,
    served: String,
    refused: String,
    by queue: Int = 0
  ) -> [Step] {
    Guest.transmit([.last(60, id: 7)], frame, in: .transmit(queue))
    Step.receive(frame).allowing(
      Outcome.frame(frame).labelled(served),
      Outcome.nothing.labelled(refused)
    ).choosing(choice)
    either(
      .responses(.transmit(queue)),
      choice,
      [(served, .responses([.okay(7)])), (refused, .responses([]))]
    )
  }

  /// A script in which a frontend's keys make a connection impossible, and better ones do not.
  static func refused(
    _ name: String,
    on bench: BenchOptions = XenScript.bench(),
    changing changes: [String: String?]
  ) -> Script {
    Script(name, bench: bench) {
      Step.open()
      Guest.connect(changes)
      failed
      unserved()
      reconnected(without: changes.compactMap { $0.value == nil ? nil : $0.key }.sorted())
    }
  }
}

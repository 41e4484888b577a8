internal import BackendConformance

// What a step's script has made ready for it: everything a rule needs to tell what the seed sees.
extension Quirk.Place {
  /// Whether the backend is one over netmap.
  var isNetmap: Bool { families.contains("netmap") }
  /// Whether the backend is a port of a switch.
  var isSwitchPort: Bool { families.contains("vale") }
  /// Whether the backend is one over netmap on a card.
  var isCard: Bool { isNetmap && !isSwitchPort }

  /// The step's action.
  var action: Action { step.action }

  /// The frames put on the link before the step, runs taken apart.
  var injected: [FramePattern] {
    before.flatMap { step -> [FramePattern] in
      switch step.action {
      case .inject(let frames): frames.flatMap { $0.singles() }
      case .injectOffloaded(let frame, _): [frame]
      default: []
      }
    }
  }

  /// The frames that the last step put on the link that did.
  var lastInjected: [FramePattern] {
    before.compactMap { if case .inject(let frames) = $0.action { frames } else { nil } }.last ?? []
  }

  /// The frames sent before the step, those of repetitions once.
  var sent: [FramePattern] {
    before.compactMap { if case .send(let frame, _) = $0.action { frame } else { nil } }
  }

  /// The fault that was set up last.
  var fault: SystemCallFault? {
    before.compactMap { if case .fault(let fault) = $0.action { fault } else { nil } }.last
  }

  /// The `errno` that the fault makes a call of that name fail with.
  func errno(of call: String) -> Int32? {
    guard let fault, fault.call == call, case .fails(let errno) = fault.effect else { return nil }
    return errno
  }

  /// The number that the fault makes a call of that name return.
  func result(of call: String) -> Int? {
    guard let fault, fault.call == call, case .returns(let count) = fault.effect else { return nil }
    return count
  }

  /// The frame that the fault makes a read find.
  var found: FramePattern? {
    guard let fault, case .finds(let frame) = fault.effect else { return nil }
    return frame
  }

  /// Whether a frame was peeked before the step.
  var isPeeked: Bool { before.contains { $0.action == .peek } }

  /// Whether the step takes a frame from the backend, or looks at one.
  var isReading: Bool {
    switch action {
    case .peek, .receive, .discard: true
    default: false
    }
  }

  /// The room that the step receives into, in bytes; `nil` if it does not receive.
  var room: Int? {
    guard case .receive(let lengths) = action else { return nil }
    return lengths.reduce(0) { sum, length in
      let (total, overflow) = sum.addingReportingOverflow(Int(clamping: length))
      return overflow ? .max : total
    }
  }

  /// Whether the outcome is the only one that the script allows of the step.
  func allowsOnly(_ expectation: Expectation) -> Bool {
    step.allowed.map(\.expectation) == [expectation]
  }
}

extension FramePattern {
  /// The first bytes of the frame, as a read of so many leaves them.
  func cut(to length: Int) -> FramePattern { FramePattern(bytes: Array(contents().prefix(length))) }
}

extension Outcome {
  /// The error of a function that returned -1 and nothing else.
  static let minusOne = Outcome(.systemError(["system"], errno: 0))

  /// An error of exactly this reason and `errno`.
  static func failure(_ reason: String, _ errno: Int32) -> Outcome {
    Outcome(.systemError([reason], errno: errno))
  }

  /// What the port says where C would have gone wrong.
  static let stopped = Outcome(.explainedError(["stopped"]))

  /// Exactly these system calls.
  static func calls(_ names: String...) -> Outcome {
    Outcome(.calls(names.map { CallPattern($0) }))
  }
}

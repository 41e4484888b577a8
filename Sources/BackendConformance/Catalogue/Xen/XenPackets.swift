// Packets of a frontend and their answers, as the scripts for netbacks write them.
extension XenSlot {
  /// The slots of a packet of `total` bytes: its first request, extras, and the pieces behind it.
  ///
  /// - Parameter id: What the first request is known by; those behind it count on.
  static func packet(
    _ total: Int,
    _ pieces: [Int] = [],
    id: Int = 1,
    flags: Int = 0,
    offset: Int = 0,
    extras: [XenSlot] = []
  ) -> [XenSlot] {
    let isLonger = pieces.isEmpty ? 0 : Flag.more
    let hasExtras = extras.isEmpty ? 0 : Flag.extra
    let first = XenSlot.last(total, flags: flags | isLonger | hasExtras, id: id, offset: offset)
    let rest = pieces.enumerated().map { number, size -> XenSlot in
      let isLast = number == pieces.count - 1
      return .last(size, flags: isLast ? 0 : Flag.more, id: id + 1 + number)
    }
    return [first] + extras + rest
  }
}

extension [XenResponse] {
  /// All slots of a packet were taken; extras stand behind the first.
  static func okay(_ count: Int = 1, from id: Int = 1, extras: Int = 0) -> [XenResponse] {
    answers(count, id, extras) { .okay($0) }
  }

  /// All slots of a packet were refused.
  static func errors(_ count: Int = 1, from id: Int = 1, extras: Int = 0) -> [XenResponse] {
    answers(count, id, extras) { .error($0) }
  }

  private static func answers(
    _ count: Int,
    _ id: Int,
    _ extras: Int,
    _ answer: (Int) -> XenResponse
  ) -> [XenResponse] {
    let all = (0..<count).map { answer(id + $0) }
    return Array(all.prefix(1)) + Array(repeating: .null, count: extras) + Array(all.dropFirst())
  }
}

extension Step {
  /// The same step, whose outcome follows from what the netback does where the protocol leaves it
  /// open.
  func deciding(_ choice: XenChoice, _ outcomes: KeyValuePairs<String, Outcome>) -> Step {
    var step = choosing(choice.rawValue)
    step.allowed = outcomes.map { $0.value.labelled($0.key) }
    return step
  }
}

extension XenScript {
  /// The packet by which it is seen that a netback goes on.
  static let next = FramePattern(64, seed: 9)

  /// Another packet passes.
  static var goesOn: [Step] {
    Guest.transmit([.last(64, id: 99)], next) + [
      Step.receive(next), Guest.responses([.okay(99)]),
    ]
  }

  /// Another packet passes, unless the one before it was fatal.
  static func goesOn(unlessFatal choice: XenChoice) -> [Step] {
    Guest.transmit([.last(64, id: 99)], next) + [
      Step.receive(next).deciding(choice, ["error": .frame(next), "fatal": .nothing]),
      Guest.responses(choice, ["error": [.okay(99)], "fatal": []]),
    ]
  }

  /// A packet is refused: nothing is delivered, each slot is answered with an error, and the next
  /// packet passes.
  static func refused(_ slots: [XenSlot]) -> [Step] {
    Guest.transmit(slots) + [Step.peek, Guest.responses(errors(slots))] + goesOn
  }

  /// A packet breaks the protocol: nothing is delivered, and either each slot is answered with an
  /// error and the next packet passes, or nothing is answered any more.
  static func refused(_ slots: [XenSlot], _ choice: XenChoice) -> [Step] {
    Guest.transmit(slots) + [
      Step.peek, Guest.responses(choice, ["error": errors(slots), "fatal": []]),
    ] + goesOn(unlessFatal: choice)
  }

  /// A packet is delivered as a frame, and its slots are answered.
  static func passes(_ slots: [XenSlot], _ frame: FramePattern) -> [Step] {
    Guest.transmit(slots, frame) + [Step.receive(frame), Guest.responses(okays(slots)), Step.peek]
  }

  /// The answers to slots that are taken.
  static func okays(_ slots: [XenSlot]) -> [XenResponse] { answers(slots, 0) }

  /// The answers to slots that are refused.
  static func errors(_ slots: [XenSlot]) -> [XenResponse] { answers(slots, -1) }

  private static func answers(_ slots: [XenSlot], _ status: Int) -> [XenResponse] {
    slots.map { slot in
      guard case .request(let request) = slot else { return .null }
      return XenResponse(id: request.id, status: status)
    }
  }
}

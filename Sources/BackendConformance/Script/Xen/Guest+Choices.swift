// Questions whose answers follow from what the netback does where the protocol leaves it open.
extension Guest {
  /// Asks how often a ring's channel has been raised since the last time.
  public static func notifications(
    _ choice: XenChoice,
    _ alternatives: KeyValuePairs<String, ClosedRange<Int>>,
    of ring: XenRing = .transmit
  ) -> Step {
    var step = Step(.xen(.notifications(ring)), allowed: [], choice: choice.rawValue)
    step.allowed = alternatives.map { Outcome(.xen(.count($0.value)), label: $0.key) }
    return step
  }

  /// Asks for all bytes of a slot.
  public static func slot(
    _ choice: XenChoice,
    _ position: Int,
    _ alternatives: KeyValuePairs<String, [UInt8]>,
    of ring: XenRing = .transmit
  ) -> Step {
    var step = Step(.xen(.slot(ring, position: position)), allowed: [], choice: choice.rawValue)
    step.allowed = alternatives.map { Outcome(.xen(.bytes($0.value)), label: $0.key) }
    return step
  }

  /// Asks whether the netback offers something by a key that is 1.
  public static func offer(_ choice: XenChoice, _ key: String) -> Step {
    var step = Step(.xen(.read(.backend, key: key)), allowed: [], choice: choice.rawValue)
    step.allowed = [
      Outcome(.xen(.value("1")), label: "offered"), Outcome(.xen(.value(nil)), label: "missing"),
    ]
    return step
  }

  /// Asks how far the netback says it has come.
  public static func state(
    _ choice: XenChoice,
    _ alternatives: KeyValuePairs<String, Int>
  ) -> Step {
    var step = Step(.xen(.read(.backend, key: "state")), allowed: [], choice: choice.rawValue)
    step.allowed = alternatives.map { Outcome(.xen(.value("\($0.value)")), label: $0.key) }
    return step
  }

  /// Takes the frames that one queue has received since the last time.
  public static func received(
    _ choice: XenChoice,
    _ alternatives: KeyValuePairs<String, [FramePattern]>,
    queue: Int = 0
  ) -> Step {
    var step = Step(.xen(.received(queue: queue)), allowed: [], choice: choice.rawValue)
    step.allowed = alternatives.map { Outcome(.frames($0.value), label: $0.key) }
    return step
  }
}

/// What was recorded when a step was played.
public struct StepRecord: Equatable, Sendable {
  /// The position of the step in ``Script/allSteps``.
  public var step: Int
  /// The round, if the step stands in a repetition, counted from 0.
  public var round: Int
  /// What the step saw.
  public var observation: Observation
  /// Rules that were broken during the step, whatever it was to observe.
  public var breaches: [Breach]

  /// Creates a record.
  public init(step: Int, round: Int = 0, observation: Observation, breaches: [Breach] = []) {
    self.step = step
    self.round = round
    self.observation = observation
    self.breaches = breaches
  }
}

extension StepRecord {
  /// Whether nothing was received, but bytes were stored in the buffers.
  var isSpoiled: Bool {
    guard observation == .nothing, breaches.count == 1, case .strayBytes = breaches[0] else {
      return false
    }
    return true
  }
}

/// A rule that holds at every step and was broken.
public enum Breach: Equatable, Sendable {
  /// A buffer that was read-only was written, or memory outside the buffers was touched.
  case strayAccess(String)
  /// Bytes beyond the frame, or between the elements, were changed.
  case strayBytes(String)
  /// A callback began while receive was disabled.
  case calledBackWhileDisabled
  /// A callback began before the backend had opened or after it had closed.
  case calledBackWhileClosed
  /// `close` returned while a callback was still running.
  case closedDuringCallback
  /// A rule of a protocol that the bench watches over, and what broke it.
  case protocolViolation(rule: String, found: String)
  /// The call did not return within this many seconds.
  case hung(LateObservation)
}

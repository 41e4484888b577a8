extension Breach: CustomStringConvertible {
  /// The broken rule, in words.
  public var description: String {
    switch self {
    case .strayAccess(let place): "touched memory that is not its own: \(place)"
    case .strayBytes(let place): "changed bytes that are not the frame's: \(place)"
    case .calledBackWhileDisabled: "a callback began while receive was disabled"
    case .calledBackWhileClosed: "a callback began while the backend was not open"
    case .closedDuringCallback: "close returned while a callback was running"
    case .protocolViolation(_, let found): found
    case .hung(let late): "did not return within \(late.seconds) s"
    }
  }
}

extension Breach {
  /// The rule that was broken, in words.
  public var rule: String {
    switch self {
    case .strayAccess: "touches only the buffers it was given, and only reads what it sends"
    case .strayBytes: "changes only the bytes of the frame it delivers"
    case .calledBackWhileDisabled: "no callback while receive is disabled"
    case .calledBackWhileClosed: "no callback unless the backend is open"
    case .closedDuringCallback: "close returns after the last callback has ended"
    case .protocolViolation(let rule, _): rule
    case .hung: "every call returns"
    }
  }
}

import NetBackend

extension Observation: CustomStringConvertible {
  /// The observation in the notation of scripts, such as `120 bytes, no error`.
  public var description: String {
    switch self {
    case .done: "done, no error"
    case .opened(let kind): "opened as \(kind)"
    case .nothing: "nothing"
    case .length(let length): Notation.quantity(length, "byte") + ", no error"
    case .frame(let frame): "\(frame), no error"
    case .frames(let frames): Self.text(frames)
    case .error(let error): "error \(error.notation)"
    case .callbacks(let count): Notation.quantity(count, "callback")
    case .calls(let calls): calls.isEmpty ? "no calls" : "calls " + Notation.joined(calls, by: ", ")
    case .ledger(let ledger): ledger.description
    case .headerLength(let length): "header of " + Notation.quantity(length, "byte")
    case .features(let features): "features \(features)"
    case .ring(let ring): ring.description
    case .xen(let xen): xen.description
    case .drops(let count): Notation.quantity(count...count, "drop")
    case .unsupported(let what): "unsupported: \(what)"
    case .benchFailed(let what): "the bench failed: \(what)"
    case .late(let late): late.description
    }
  }

  private static func text(_ frames: [FrameSummary]) -> String {
    guard !frames.isEmpty else { return "no frames" }
    return Notation.quantity(frames.count, "frame") + ": " + Notation.joined(frames, by: " then ")
  }
}

extension FrameSummary: CustomStringConvertible {
  /// The length, such as `60 bytes`.
  public var description: String { Notation.quantity(length, "byte") }
}

extension CallSummary: CustomStringConvertible {
  /// The call and what it returned, such as `writev(60) = 60`.
  public var description: String { "\(name)(\(argument)) = \(result)" }
}

extension LedgerSummary: CustomStringConvertible {
  /// What is not as it was before the backend opened.
  public var description: String {
    let counts = [
      (open, "open"), (closedTwice, "closed twice"), (watched, "watched"),
      (inherited, "inherited by child processes"), (watchedBlocking, "watched while blocking"),
      (closedWatched, "closed while watched"),
    ]
    let parts = counts.filter { $0.0 != 0 }.map { "\($0.0) \($0.1)" }
    return "descriptors: " + (parts.isEmpty ? "none open" : parts.joined(separator: ", "))
  }
}

extension LateObservation: CustomStringConvertible {
  /// How much had been seen, and when waiting ended.
  public var description: String {
    "late: \(soFar) seen within \(seconds) s" + (machineWasLate ? ", and the machine was late" : "")
  }
}

extension BackendError {
  /// The reason, then subject, call and errno, such as `busy (tap0: TUNSETIFF, errno 16)`.
  var notation: String {
    "\(reason) (\(subject): \(call)" + (errno.map { ", errno \($0)" } ?? "") + ")"
  }
}

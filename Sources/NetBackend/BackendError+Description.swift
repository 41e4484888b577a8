extension BackendError.Reason {
  /// The reason as one word, as scripts and reports write it.
  public var word: String {
    switch self {
    case .unknownBackend: "unknownBackend"
    case .invalidName: "invalidName"
    case .busy: "busy"
    case .notPermitted: "notPermitted"
    case .unavailable: "unavailable"
    case .wrongDevice: "wrongDevice"
    case .noSpace: "noSpace"
    case .emptyFrame: "emptyFrame"
    case .frameTooShort: "frameTooShort"
    case .frameTooLong: "frameTooLong"
    case .dropped: "dropped"
    case .unsupportedFeatures: "unsupportedFeatures"
    case .unsupportedHeaderLength: "unsupportedHeaderLength"
    case .linkDown: "linkDown"
    case .disconnected: "disconnected"
    case .corruptRing: "corruptRing"
    case .closed: "closed"
    case .stopped: "stopped"
    case .system: "system"
    }
  }
}

extension BackendError.Reason: CustomStringConvertible {
  /// The word, followed by the length concerned if there is one.
  public var description: String {
    switch self {
    case .noSpace(let required): "noSpace(required: \(required))"
    case .frameTooShort(let minimum): "frameTooShort(minimum: \(minimum))"
    case .frameTooLong(let maximum): "frameTooLong(maximum: \(maximum))"
    case .corruptRing(let field, let value): "corruptRing(\(field): \(value))"
    default: word
    }
  }
}

extension BackendError: CustomStringConvertible {
  /// One line: subject, call, reason and errno.
  public var description: String {
    let suffix = errno.map { " (errno \($0))" } ?? ""
    return "\(subject): \(call): \(reason)\(suffix)"
  }
}

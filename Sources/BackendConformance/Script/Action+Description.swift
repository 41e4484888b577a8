import NetBackend

extension Action: CustomStringConvertible {
  /// The action in the notation of scripts, such as `receive(into: [60, 60])`.
  public var description: String {
    switch self {
    case .whenCalledBack(let steps): "\(word) \(Notation.block(steps))"
    case .together(let lanes): "\(word) " + lanes.map(Notation.block).joined(separator: " and ")
    case .repeated(let times, let steps): "\(word)(\(times)) \(Notation.block(steps))"
    default: arguments.isEmpty ? word : word + "(" + arguments.joined(separator: ", ") + ")"
    }
  }

  /// The arguments of an action without nested steps.
  private var arguments: [String] {
    switch self {
    case .runLoop(let turns): turns == 1 ? [] : ["turns: \(turns)"]
    case .awaitCallbacks(let count): ["\(count)"]
    case .link(let state): [state.rawValue]
    case .fault(let fault): [fault.description]
    case .calls(let names): names
    case .setErrno(let errno): ["\(errno)"]
    case .select(let name, let prefixes):
      [Notation.quoted(name), "among: " + Notation.list(prefixes.map(Notation.quoted))]
    case .prepare(let state): [state.rawValue]
    case .ring(let action): action.arguments
    case .xen(let action): action.arguments
    case .advanceClock(let nanoseconds): ["\(nanoseconds) ns"]
    default: callArguments
    }
  }

  /// The arguments of the calls of the contract and of those that move frames.
  private var callArguments: [String] {
    switch self {
    case .open(let name, let descriptor):
      [name.map(Notation.quoted), descriptor.map { "descriptor: \($0.rawValue)" }]
        .compactMap { $0 }
    case .send(let frame, let elements):
      [frame.description] + (elements.isEmpty ? [] : ["elements: " + Notation.list(elements)])
    case .sendClaiming(let lengths): [Notation.list(lengths)]
    case .receive(let lengths): ["into: " + Notation.list(lengths)]
    case .setFeatures(let features, let length):
      [features.description, "headerLength: \(length)"]
    case .inject(let frames): [Notation.joined(frames, by: " then ")]
    case .injectOffloaded(let frame, let header):
      [frame.description, "offload: " + Notation.bytes(header.encoded(length: 12))]
    case .collect(let count): ["\(count)"]
    default: []
    }
  }
}

extension SystemCallFault: CustomStringConvertible {
  /// The fault in the notation of scripts, such as `writev fails with errno 11, after: 2`.
  public var description: String {
    let how =
      switch effect {
      case .fails(let errno): "fails with errno \(errno)"
      case .returns(let value): "returns \(value)"
      case .finds(let frame): "finds " + frame.description
      }
    let order = after == 0 ? "" : ", after: \(after)"
    return "\(call ?? "any call") \(how)" + order + (times == 1 ? "" : ", times: \(times)")
  }
}

import NetBackend

extension Expectation: CustomStringConvertible {
  /// The expectation in the notation of scripts, such as `error noSpace(required: 1514)`.
  public var description: String {
    switch self {
    case .anything: "anything"
    case .done: "done"
    case .opened(let kind): kind.map { "opened as \($0)" } ?? "opened"
    case .nothing: "nothing"
    case .length(let length): Notation.quantity(length, "byte")
    case .lengthIn(let range): Notation.quantity(range, "byte")
    case .error(let words, let required): Self.error(words, required: required)
    case .explainedError(let words):
      Self.error(words, required: nil) + " that names its subject, call and errno"
    case .systemError(let words, let errno):
      Self.error(words, required: nil) + " that names its subject and call, "
        + (errno == 0 ? "without errno" : "errno \(errno)")
    case .callbacks(let range): Notation.quantity(range, "callback")
    case .headerLength(let length): "header of " + Notation.quantity(length, "byte")
    case .features(let features): "features \(features)"
    case .closedFeatures: "features that lack none they need"
    case .offers(let features): "features with \(features)"
    case .offersNotAll(let features): "features without \(features)"
    case .ring(let ring): ring.description
    case .xen(let xen): xen.description
    case .drops(let range): Notation.quantity(range, "drop")
    default: frameDescription ?? ledgerDescription
    }
  }

  private var frameDescription: String? {
    switch self {
    case .frame(let frame): "frame of \(frame)"
    case .anyFrame(let length): "any frame of " + Notation.quantity(length, "byte")
    case .frames(let frames) where frames.isEmpty: "no frames"
    case .frames(let frames): "frames " + Notation.joined(frames, by: " then ")
    case .someFrames(let frames): "some of the frames " + Notation.joined(frames, by: " then ")
    case .framesInAnyOrder(let frames):
      "frames " + Notation.joined(frames, by: " and ") + " in any order"
    default: nil
    }
  }

  private var ledgerDescription: String {
    switch self {
    case .calls(let calls): calls.isEmpty ? "no calls" : "calls " + Notation.joined(calls, by: ", ")
    case .callCount(let range): Notation.quantity(range, "call")
    case .spoiled: "nothing, with bytes stored in the buffers"
    case .balanced: "every descriptor closed once, none watched"
    case .nonBlocking: "every descriptor watched only while non-blocking"
    case .stillOpen(let count): Notation.quantity(count...count, "descriptor") + " still open"
    case .notInherited: "every open descriptor closed on exec"
    default: "every open descriptor closed on exec and watched only while non-blocking"
    }
  }

  private static func error(_ words: [String], required: Int?) -> String {
    guard !words.isEmpty || required != nil else { return "an error" }
    let suffix = required.map { "(required: \($0))" } ?? ""
    let errors = words.map { $0 + suffix }.joined(separator: " or ")
    return words.isEmpty ? "error " + suffix : "error " + errors
  }
}

extension Outcome: CustomStringConvertible {
  /// The expectation in the notation of scripts, and its label between brackets.
  public var description: String {
    label.map { "\(expectation) [\($0)]" } ?? expectation.description
  }
}

extension CallPattern: CustomStringConvertible {
  /// The call in the notation of scripts, such as `writev(60)`.
  public var description: String { argument.map { "\(name)(\($0))" } ?? name }
}

import NetBackend
import Yams

extension Outcome {
  var node: Node {
    let (key, value) = expectation.field
    let plain = label == nil && Expectation.words[key] == expectation
    guard !plain else { return .text(key) }
    return .fields([
      (key, value), ("required", required), ("errno", errno), ("label", label.map(Node.text)),
    ])
  }

  private var required: Node? {
    guard case .error(_, let required?) = expectation else { return nil }
    return .number(required)
  }

  private var errno: Node? {
    guard case .systemError(_, let errno) = expectation else { return nil }
    return .number(Int(errno))
  }
}

extension Expectation {
  /// The key of the outcome, and what stands after it.
  fileprivate var field: (key: String, value: Node) {
    switch self {
    case .anything: ("anything", .null)
    case .done: ("done", .null)
    case .opened(let kind): ("opened", kind.map(Node.text) ?? .null)
    case .nothing: ("nothing", .null)
    case .balanced: ("balanced", .null)
    case .wellKept: ("wellKept", .null)
    case .nonBlocking: ("nonBlocking", .null)
    case .notInherited: ("notInherited", .null)
    case .closedFeatures: ("closedFeatures", .null)
    case .error(let words, _): ("error", .oneOrList(words.map(Node.text)))
    case .explainedError(let words): ("explainedError", .oneOrList(words.map(Node.text)))
    case .systemError(let words, _): ("explainedError", .oneOrList(words.map(Node.text)))
    case .calls(let calls): ("calls", .list(calls.map(\.node)))
    case .features(let features): ("features", features.node)
    case .offers(let features): ("offers", features.node)
    case .offersNotAll(let features): ("offersNotAll", features.node)
    default: frameField ?? numberField
    }
  }

  private var frameField: (key: String, value: Node)? {
    switch self {
    case .frame(let frame): ("frame", frame.node)
    case .anyFrame(let length): ("anyFrame", .number(length))
    case .frames(let frames): ("frames", .oneOrList(frames.map(\.node)))
    case .someFrames(let frames): ("someFrames", .oneOrList(frames.map(\.node)))
    case .framesInAnyOrder(let frames): ("framesInAnyOrder", .oneOrList(frames.map(\.node)))
    default: nil
    }
  }

  private var numberField: (key: String, value: Node) {
    switch self {
    case .length(let length): ("length", .number(length))
    case .lengthIn(let range): ("lengthIn", .range(range))
    case .callbacks(let range): ("callbacks", .range(range))
    case .callCount(let range): ("callCount", .range(range))
    case .drops(let range): ("drops", .range(range))
    case .headerLength(let length): ("headerLength", .number(length))
    default: ("anything", .null)
    }
  }
}

extension CallPattern {
  fileprivate var node: Node {
    guard let argument else { return .text(name) }
    return .fields([("name", .text(name)), ("argument", .number(argument))])
  }
}

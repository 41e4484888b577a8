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
    return .number(errno)
  }
}

extension Expectation {
  /// The key of the outcome, and what stands after it.
  ///
  /// One switch without a default, so that a new expectation cannot be forgotten.
  fileprivate var field: (key: String, value: Node) {
    switch self {
    case .anything: ("anything", .null)
    case .done: ("done", .null)
    case .opened(let kind): ("opened", kind.map(Node.text) ?? .null)
    case .nothing: ("nothing", .null)
    case .length(let length): ("length", .number(length))
    case .lengthIn(let range): ("lengthIn", .range(range))
    case .frame(let frame): ("frame", frame.node)
    case .anyFrame(let length): ("anyFrame", .number(length))
    case .frames(let frames): ("frames", .oneOrList(frames.map(\.node)))
    case .someFrames(let frames): ("someFrames", .oneOrList(frames.map(\.node)))
    case .framesInAnyOrder(let frames): ("framesInAnyOrder", .oneOrList(frames.map(\.node)))
    case .error(let words, _): ("error", .oneOrList(words.map(Node.text)))
    case .explainedError(let words): ("explainedError", .oneOrList(words.map(Node.text)))
    case .systemError(let words, _): ("explainedError", .oneOrList(words.map(Node.text)))
    case .callbacks(let range): ("callbacks", .range(range))
    case .calls(let calls): ("calls", .list(calls.map(\.node)))
    case .callCount(let range): ("callCount", .range(range))
    case .spoiled: ("spoiled", .null)
    case .balanced: ("balanced", .null)
    case .stillOpen(let count): ("stillOpen", .number(count))
    case .wellKept: ("wellKept", .null)
    case .nonBlocking: ("nonBlocking", .null)
    case .notInherited: ("notInherited", .null)
    case .headerLength(let length): ("headerLength", .number(length))
    case .features(let features): ("features", features.node)
    case .closedFeatures: ("closedFeatures", .null)
    case .offers(let features): ("offers", features.node)
    case .offersNotAll(let features): ("offersNotAll", features.node)
    case .ring(let ring): ring.field
    case .xen(let xen): xen.field
    case .drops(let range): ("drops", .range(range))
    }
  }
}

extension CallPattern {
  fileprivate var node: Node {
    guard let argument else { return .text(name) }
    return .fields([("name", .text(name)), ("argument", .number(argument))])
  }
}

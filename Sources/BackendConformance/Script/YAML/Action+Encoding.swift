import NetBackend
import Yams

extension Action {
  /// What stands after the action's word.
  var argument: Node {
    switch self {
    case .open(let name, let descriptor): Self.open(name, descriptor)
    case .send(let frame, let elements):
      frame.node(with: [("elements", elements.isEmpty ? nil : .numbers(elements))])
    case .sendClaiming(let lengths), .receive(let lengths): .numbers(lengths)
    case .setFeatures(let features, let length):
      .fields([("features", features.node), ("headerLength", .number(length))])
    case .inject(let frames): .oneOrList(frames.map(\.node))
    case .injectOffloaded(let frame, let header): frame.node(with: [("offload", header.node)])
    case .collect(let count): .number(count)
    default: flowArgument
    }
  }

  private var flowArgument: Node {
    switch self {
    case .runLoop(let count), .awaitCallbacks(let count): .number(count)
    case .whenCalledBack(let steps): .lines(steps.map(\.node))
    case .together(let lanes): .lines(lanes.map { .lines($0.map(\.node)) })
    case .repeated(let times, let steps):
      .block([("times", .number(times)), ("steps", .lines(steps.map(\.node)))])
    default: surroundingsArgument
    }
  }

  private var surroundingsArgument: Node {
    switch self {
    case .link(let state): .text(state.rawValue)
    case .fault(let fault): fault.node
    case .calls(let names): .list(names.map(Node.text))
    case .setErrno(let errno): .number(errno)
    case .select(let name, let prefixes):
      .fields([("name", .text(name)), ("prefixes", .list(prefixes.map(Node.text)))])
    case .prepare(let state): .text(state.rawValue)
    case .ring(let action): action.argument
    case .xen(let action): action.argument
    case .advanceClock(let nanoseconds): .number(nanoseconds)
    default: .nothing
    }
  }

  private static func open(_ name: String?, _ descriptor: SuppliedDescriptor?) -> Node {
    guard name != nil || descriptor != nil else { return .nothing }
    return .fields([
      ("name", name.map(Node.text)), ("descriptor", descriptor.map { .text($0.rawValue) }),
    ])
  }
}

extension Node {
  /// Whole numbers in one line.
  fileprivate static func numbers(_ numbers: [some BinaryInteger]) -> Node {
    list(numbers.map { number($0) })
  }
}

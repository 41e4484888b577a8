import Yams

extension XenAction {
  /// What stands after the action's word.
  var argument: Node {
    switch self {
    case .connect(let changes): Self.connect(changes)
    case .write(let directory, let key, let value):
      .fields([
        ("directory", .text(directory.rawValue)), ("key", .text(key)),
        ("value", value.map(Node.text) ?? .null),
      ])
    case .read(let directory, let key):
      .fields([("directory", .text(directory.rawValue)), ("key", .text(key))])
    case .show(let ring), .responses(let ring), .indices(let ring), .notifications(let ring),
      .emptyEvents(let ring):
      ring.node
    case .received(let queue): .number(queue)
    case .reset, .copies, .holdings, .states, .writes: .nothing
    default: ringArgument
    }
  }

  private var ringArgument: Node {
    switch self {
    case .put(let ring, let slots, let frame):
      .fields(ring.pairs + [("slots", .list(slots.map(\.node))), ("frame", frame?.node)])
    case .raise(let ring, let times):
      .fields(ring.pairs + [("times", times == 1 ? nil : .number(times))])
    case .showAfterReads(let ring, let reads):
      .fields(ring.pairs + [("reads", .number(reads))])
    case .setIndex(let ring, let index, let value):
      .fields(ring.pairs + [("index", .text(index.rawValue)), ("value", .number(value))])
    case .changeAfterRead(let ring, let position, let slot):
      .fields(ring.pairs + [("position", .number(position)), ("slot", slot.node)])
    case .slot(let ring, let position): .fields(ring.pairs + [("position", .number(position))])
    default: pageArgument
    }
  }

  private var pageArgument: Node {
    switch self {
    case .store(let ring, let page, let offset, let bytes):
      Self.page(page, of: ring, offset, ("bytes", .bytes(bytes)))
    case .page(let ring, let page, let offset, let count):
      Self.page(page, of: ring, offset, ("count", .number(count)))
    case .failGrant(let ring, let page, let fault):
      .fields(ring.pairs + [("page", .number(page))] + fault.pairs)
    default: .nothing
    }
  }

  private static func connect(_ changes: [String: String?]) -> Node {
    guard !changes.isEmpty else { return .nothing }
    let sorted = changes.sorted { $0.key < $1.key }
    return .fields(sorted.map { ($0.key, $0.value.map(Node.text) ?? .null) })
  }

  private static func page(
    _ page: Int,
    of ring: XenRing,
    _ offset: Int,
    _ last: (String, Node?)
  ) -> Node {
    let place: [(String, Node?)] = [
      ("page", .number(page)), ("offset", offset == 0 ? nil : .number(offset)),
    ]
    return .fields(ring.pairs + place + [last])
  }
}

extension XenGrantFault {
  fileprivate var pairs: [(String, Node?)] {
    [
      ("operation", .text(operation.rawValue)), ("status", .number(status)),
      ("after", after == 0 ? nil : .number(after)), ("times", times.map { .number($0) }),
    ]
  }
}

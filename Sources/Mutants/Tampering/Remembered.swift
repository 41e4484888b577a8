internal import Synchronization

/// A value that a wrong backend keeps between its calls.
final class Remembered<Value: Sendable>: Sendable {
  private let storage: Mutex<Value>

  init(_ value: Value) { storage = Mutex(value) }

  /// The value.
  var value: Value {
    get { storage.withLock { $0 } }
    set { storage.withLock { $0 = newValue } }
  }
}

/// What wrong backends of one bench share: the mistake of a static variable, kept within the bench.
final class SharedByLoop<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    weak var loop: (any AnyObject & Sendable)?
    var value: Value
  }

  private let entries = Mutex<[Entry]>([])

  init() {}

  /// The value that is shared by all who use that loop.
  subscript(loop: any AnyObject & Sendable, default initial: Value) -> Value {
    get { entries.withLock { $0.first { $0.loop === loop }?.value } ?? initial }
    set {
      entries.withLock { list in
        list.removeAll { $0.loop == nil || $0.loop === loop }
        list.append(Entry(loop: loop, value: newValue))
      }
    }
  }
}

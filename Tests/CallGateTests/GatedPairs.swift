import CallGate

/// Two numbers that each call changes together, so that half a call can be told from a whole one.
struct Pair: Equatable {
  var first: Int
  var second: Int

  init(_ count: Int) { (first, second) = (count, count) }

  var isWhole: Bool { first == second }

  mutating func count() -> Int {
    first += 1
    second += 1
    return first
  }
}

/// A gate before two pairs, with calls that count.
final class GatedPairs: Sendable {
  let gate: CallGate<Pair, Pair>

  init(usingBarrierAfter calls: Int?) {
    gate = CallGate(Pair(0), Pair(0), usingBarrierAfter: calls)
  }

  var isOpen: Bool { gate.isOpen }

  /// Both pairs, the sender's first.
  var sums: [Pair]? { gate.alone { (sender, receiver) in [sender, receiver] } }

  func send() -> Int? { gate.sending { $0.count() } }

  func receive() -> Int? { gate.receiving { $0.count() } }

  func sendAtOnce() -> Int? {
    guard var call = gate.sendingAtOnce() else { return nil }
    let count = call.value.count()
    return call.end(count)
  }

  func receiveAtOnce() -> Int? {
    guard var call = gate.receivingAtOnce() else { return nil }
    let count = call.value.count()
    return call.end(count)
  }
}

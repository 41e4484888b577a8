import RingMemory
import XenNetif

// The store and the states of both ends.
extension GoldenPlayer {
  /// Carries out an operation on the store.
  ///
  /// - Returns: Whether it is one.
  func playStore(_ operation: GoldenOperation) throws -> Bool {
    switch operation.op {
    case "trace": try trace(operation)
    case "backend-state":
      check("backend state", operation.value?.number, bench.frontend.backendState.rawValue)
    case "frontend-state":
      try bench.frontend.setState(ConnectionState(rawValue: operation.value?.number ?? 0))
      bench.settle()
      check("backend state", operation.backend, bench.frontend.backendState.rawValue)
    case "error-node": checkError(operation.value)
    case "netdev-present", "hotplug-status", "key": checkKey(operation)
    case "cycles": try cycle(operation.n ?? 0)
    case "unchanged-after-closing": checkClosed(operation)
    default: return false
    }
    return true
  }

  /// Writes keys or a state, and compares the states that follow.
  private func trace(_ operation: GoldenOperation) throws {
    let what = operation.what ?? ""
    guard let number = Int(what.dropFirst("frontend ".count)) else {
      let first = bench.frontend.backendState.rawValue
      let seen = try states { try writeKeys() }
      return check("states", operation.states, [first] + seen)
    }
    check("states after \(what)", operation.states, try states { try go(to: number) })
  }

  /// Says how far the frontend is; one that has begun anew connects with new rings.
  private func go(to state: Int) throws {
    let state = ConnectionState(rawValue: state)
    if state == .initialising { beginsAnew = true }
    if state == .connected && beginsAnew {
      beginsAnew = false
      bench.frontend.reset()
      for ring in bench.transmit + bench.receive { ring.restart() }
    }
    try bench.frontend.setState(state)
    bench.settle()
  }

  private func writeKeys() throws {
    let other = bench.domain.offerChannel(to: GoldenBench.domain)
    let keys = GoldenKeys.written(golden).filter { !$0.name.hasPrefix("^") }
    for key in keys {
      try bench.frontend.write(GoldenKeys.value(key.value, bench, other: other), to: key.name)
    }
    if !keys.contains(where: { $0.name == "state" }) { try bench.frontend.setState(.connected) }
    bench.settle()
  }

  private func checkError(_ value: GoldenValue?) {
    let path = "error/" + bench.directories.backendPath.dropFirst("/local/domain/0/".count)
    let text = try? bench.host.read("\(path)/error", in: .none)
    let seen = text.flatMap { Int($0.prefix { $0.isNumber || $0 == "-" }) }
    if case .failure(let errno) = value {
      check("error node", errno, abs(seen ?? 0))
    } else {
      check("error node", nil, seen)
    }
  }

  private func checkKey(_ operation: GoldenOperation) {
    switch operation.op {
    case "netdev-present":
      // The interface is there for as long as the backend has not taken its directory away.
      check(
        "interface there",
        operation.value?.number == 1,
        bench.frontend.backendState != .unknown
      )
    case "hotplug-status":
      check("hotplug-status", operation.value?.text, bench.frontend.backendValue("hotplug-status"))
    default:
      let name = operation.name ?? ""
      check("key \(name)", operation.value?.text, bench.frontend.backendValue(name))
    }
  }

  private func cycle(_ count: Int) throws {
    for _ in 0..<count { for state in [5, 6, 1, 4] { try go(to: state) } }
    check("state after \(count) cycles", 4, bench.frontend.backendState.rawValue)
  }

  /// Has the ring be kicked after everything is over, and looks whether a byte of it changes.
  private func checkClosed(_ operation: GoldenOperation) {
    flush(queue: 0)
    let rings = [bench.transmit[0], bench.receive[0]]
    let before = rings.map(\.guest.page.bytes)
    let producer = rings[0].guest.ring.responseProducer.load()
    check("response producer after closing", operation.rspProd, producer)
    bench.frontend.transmit.kick()
    bench.frontend.receive.kick()
    bench.wait(100)
    check("rings unchanged after closing", true, rings.map(\.guest.page.bytes) == before)
  }
}

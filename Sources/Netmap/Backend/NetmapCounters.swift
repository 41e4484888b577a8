internal import NetBackend
internal import Synchronization

/// The frames a backend lost, counted from any thread.
final class NetmapCounters: Sendable {
  let sendFailed = Atomic<UInt64>(0)
  let receiveCorrupt = Atomic<UInt64>(0)
  let receiveStale = Atomic<UInt64>(0)

  /// The counters as they stand.
  var snapshot: DropCounters {
    var counters = DropCounters()
    counters.sendFailed = sendFailed.load(ordering: .relaxed)
    counters.receiveCorrupt = receiveCorrupt.load(ordering: .relaxed)
    counters.receiveStale = receiveStale.load(ordering: .relaxed)
    return counters
  }
}

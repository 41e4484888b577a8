internal import NetBackend
internal import Synchronization

/// The frames a backend lost, counted from any thread.
struct TapCounters: ~Copyable, Sendable {
  let sendFailed = Atomic<UInt64>(0)
  let sendNoRoom = Atomic<UInt64>(0)
  let receiveTooLong = Atomic<UInt64>(0)
  let receiveStale = Atomic<UInt64>(0)

  /// The counters as they stand.
  var snapshot: DropCounters {
    var counters = DropCounters()
    counters.sendFailed = sendFailed.load(ordering: .relaxed)
    counters.sendNoRoom = sendNoRoom.load(ordering: .relaxed)
    counters.receiveTooLong = receiveTooLong.load(ordering: .relaxed)
    counters.receiveStale = receiveStale.load(ordering: .relaxed)
    return counters
  }
}

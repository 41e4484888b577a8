internal import NetBackend
internal import Synchronization

/// The frames a netback lost, counted from any thread.
struct NetbackCounters: ~Copyable, Sendable {
  let sendFailed = Atomic<UInt64>(0)
  let sendNoRoom = Atomic<UInt64>(0)
  let receiveCorrupt = Atomic<UInt64>(0)

  /// The counters as they stand.
  var snapshot: DropCounters {
    var counters = DropCounters()
    counters.sendFailed = sendFailed.load(ordering: .relaxed)
    counters.sendNoRoom = sendNoRoom.load(ordering: .relaxed)
    counters.receiveCorrupt = receiveCorrupt.load(ordering: .relaxed)
    return counters
  }
}

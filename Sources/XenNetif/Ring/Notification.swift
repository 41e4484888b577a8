/// Whether the other side is to be notified of what has been put into a ring.
///
/// It is if the index it waits for is among those that have just been passed, wherever they wrap.
///
/// - Parameters:
///   - old: The producer before.
///   - new: The producer now; if nothing was put into the ring, nobody is notified.
///   - event: The producer that the other side waits for.
///
/// Source: Xen `io/ring.h`, `RING_PUSH_REQUESTS_AND_CHECK_NOTIFY`.
public func notificationIsDue(old: UInt32, new: UInt32, event: UInt32) -> Bool {
  new &- event < new &- old
}

internal import Glibc

/// Readiness as the kernel sees it.
public struct SystemPoller: DescriptorPoller {
  /// Creates a poller.
  public init() {}

  /// Calls `poll(2)`; an interrupted call counts as nothing ready.
  public func poll(_ descriptors: [Int32], milliseconds: Int) -> [Readiness] {
    var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let found = unsafe Glibc.poll(&entries, nfds_t(entries.count), Int32(clamping: milliseconds))
    guard found > 0 else { return descriptors.map { _ in [] } }
    return entries.map { Readiness(events: Int32($0.revents)) }
  }
}

extension Readiness {
  fileprivate init(events: Int32) {
    self = []
    if events & POLLIN != 0 { insert(.readable) }
    if events & (POLLHUP | POLLERR | POLLNVAL) != 0 { insert(.hangUp) }
  }
}

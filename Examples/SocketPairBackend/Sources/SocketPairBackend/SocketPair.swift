import Glibc
public import NetBackend
import Synchronization

/// Two connected datagram sockets: a link whose near end is a backend's.
public final class SocketPair: Sendable {
  private let far = Mutex<Int32>(-1)

  /// Creates a link that no backend is connected to.
  public init() {}

  deinit { close(far.withLock { $0 }) }

  /// Makes a new pair of sockets, and hands over the near end.
  public func connect() throws(BackendError) -> Int32 {
    var ends: [Int32] = [-1, -1]
    let type = SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
    guard socketpair(AF_UNIX, Int32(type), 0, &ends) == 0 else {
      throw BackendError(.system, call: "socketpair", subject: "socket pair", errno: errno)
    }
    for end in ends { enlargeBuffer(end) }
    far.withLock { far in
      close(far)
      far = ends[1]
    }
    return ends[0]
  }

  /// Makes room for a thousand frames, or as many as the caller may have.
  private func enlargeBuffer(_ end: Int32) {
    var bytes: Int32 = 8 << 20
    for option in [SO_SNDBUF, SO_SNDBUFFORCE] {
      setsockopt(end, SOL_SOCKET, option, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  /// The far end, which stays the link's; -1 before a backend is connected.
  public var farEnd: Int32 { far.withLock { $0 } }
}

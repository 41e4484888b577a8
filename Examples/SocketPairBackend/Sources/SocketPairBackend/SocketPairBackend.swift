import Glibc
public import NetBackend
import Synchronization

/// A backend whose link is a pair of datagram sockets: one datagram is one frame.
///
/// It offers no features and puts no vnet header in front of a frame.
public final class SocketPairBackend: NetBackend {
  /// The longest frame in bytes: 64 KiB behind an Ethernet header with a VLAN tag.
  public static let longestFrame = 65_553

  /// The length of the vnet header, which is none.
  public let headerLength = 0
  private let name: String
  private let descriptor: Int32
  private let registration: any EventRegistration
  private let isClosed = Atomic<Bool>(false)

  /// Opens a backend at one end of a socket pair, which it takes over.
  public init(_ descriptor: Int32, _ request: OpenRequest) throws(BackendError) {
    self.descriptor = descriptor
    name = request.name
    do throws(BackendError) {
      registration = try request.loop.watch(descriptor, onReadable: request.onReceive)
    } catch {
      Glibc.close(descriptor)
      throw error
    }
  }

  /// Sends one datagram.
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let bytes = frame.bytes(limit: Self.longestFrame) else {
      throw failure(.frameTooLong(maximum: Self.longestFrame), "send")
    }
    guard !bytes.isEmpty else { throw failure(.emptyFrame, "send") }
    return try call("send") { flags in Glibc.send(descriptor, bytes, bytes.count, flags) }
  }

  /// The length of the next datagram, which stays in the socket.
  public func peekLength() throws(BackendError) -> Int? {
    try call("recv") { flags in
      recv(descriptor, nil, 0, flags | Int32(MSG_PEEK | MSG_TRUNC))
    }
  }

  /// Takes the next datagram if the buffers hold it; else it stays in the socket.
  public func receive(
    into buffers: borrowing MutableScatterGatherList
  ) throws(BackendError) -> Int? {
    guard let length = try peekLength() else { return nil }
    guard length <= buffers.capacity else { throw failure(.noSpace(required: length), "recv") }
    var bytes = [UInt8](repeating: 0, count: length)
    let received = try call("recv") { flags in recv(descriptor, &bytes, length, flags) }
    buffers.store(bytes)
    return received
  }

  /// Takes the next datagram without its bytes.
  public func discard() throws(BackendError) -> Int? {
    try call("recv") { flags in recv(descriptor, nil, 0, flags | Int32(MSG_TRUNC)) }
  }

  /// Lets the loop run the callback while a datagram is waiting.
  public func enableReceive() { registration.enable() }

  /// Keeps the loop from running the callback.
  public func disableReceive() { registration.disable() }

  /// No features.
  public func offeredFeatures() throws(BackendError) -> VirtioNetFeatures {
    try checkOpen("offeredFeatures")
    return []
  }

  /// Refuses everything but no features and no header.
  public func setFeatures(
    _ features: VirtioNetFeatures,
    headerLength: Int
  ) throws(BackendError) {
    try checkOpen("setFeatures")
    guard headerLength == 0 else { throw failure(.unsupportedHeaderLength, "setFeatures") }
    guard features.isEmpty else { throw failure(.unsupportedFeatures, "setFeatures") }
  }

  /// Stops watching the socket, then closes it.
  public func close() {
    guard !isClosed.exchange(true, ordering: .sequentiallyConsistent) else { return }
    registration.cancel()
    Glibc.close(descriptor)
  }

  /// Makes a system call that does not block; `nil` if it would have.
  private func call(_ name: String, _ body: (Int32) -> Int) throws(BackendError) -> Int? {
    try checkOpen(name)
    while true {
      let result = body(Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
      guard result < 0 else { return result }
      switch errno {
      case EINTR: continue
      case EAGAIN, ENOBUFS: return nil
      case ECONNREFUSED, ECONNRESET, EPIPE: throw failure(.disconnected, name, errno)
      default: throw failure(.system, name, errno)
      }
    }
  }

  private func checkOpen(_ call: String) throws(BackendError) {
    if isClosed.load(ordering: .acquiring) { throw failure(.closed, call) }
  }

  private func failure(
    _ reason: BackendError.Reason,
    _ call: String,
    _ errno: Int32? = nil
  ) -> BackendError {
    BackendError(reason, call: call, subject: name, errno: errno)
  }
}

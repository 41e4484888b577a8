public import NetBackend
public import Netmap
internal import RingMemory
internal import Synchronization
internal import SystemPackage

/// bhyve's netmap backend, and its clone vale, as it was in 2020: a faithful port with its defects.
///
/// What the seed returns becomes what the contract returns:
///
/// * A length above 0 is that length, also of a frame that was dropped.
/// * 0 from peek, receive and discard is `nil`; 0 from send is 0.
/// * -ENOSPC from receive is ``BackendError/Reason-swift.enum/system`` with that number: it does not
///   say how much room the frame needs.
/// * -1 from setting the header, which says that it was unable to, is
///   ``BackendError/Reason-swift.enum/unsupportedHeaderLength``; any other -1 has no number.
/// * Where C would use memory that is not its own, run into an assertion, never end or free something
///   twice, the port throws ``BackendError/Reason-swift.enum/stopped`` with the seed's line, and does
///   nothing more.
///
/// Source: bhyve `net_backends.c`, lines 386-734 and 736-902.
public final class BhyveNetmap<Port: NetmapPort>: NetBackend {
  /// The size of the buffer for the name in bytes, the zero at its end included.
  static var nameSize: Int { 16 }
  /// The size in bytes of the buffer that frames are discarded into.
  static var discardSize: Int { 65_536 + 64 }

  let port: Port
  /// The name as it is left after it was copied, prefix included.
  let name: String
  let descriptor: Int32
  let transmitRing: NetmapRing
  let receiveRing: NetmapRing
  let header = Atomic(0)
  private let memory: SharedMemory
  private let registration: any EventRegistration
  private let fault = Mutex<BackendError?>(nil)
  private let isFreed = Atomic(false)

  /// Opens the port that the request names.
  public init(_ request: OpenRequest, port: Port) throws(BackendError) {
    let opened = try BhyveNetmapOpening(port: port, request: request).open()
    self.port = port
    name = opened.name
    descriptor = opened.descriptor
    memory = opened.memory
    transmitRing = opened.transmitRing
    receiveRing = opened.receiveRing
    registration = opened.registration
  }

  deinit { close() }

  /// The kind of backend that opens ports through `port`, selected by `prefix`.
  public static func kind(prefix: String, port: Port) -> BackendKind {
    BackendKind(prefix: prefix) { (request) throws(BackendError) in
      try BhyveNetmap(request, port: port)
    }
  }

  /// Lets the receive callback run when the descriptor is readable.
  public func enableReceive() { if isUsable { registration.enable() } }

  /// Keeps the receive callback from running.
  public func disableReceive() { if isUsable { registration.disable() } }

  /// The length of the vnet header that was set last.
  public var headerLength: Int { header.load(ordering: .acquiring) }

  /// Ends the registration, unmaps the memory, closes the descriptor and frees the backend.
  ///
  /// A second call frees it twice in C; it has no answer to say so with.
  public func close() {
    guard !isFreed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    registration.cancel()
    try? port.close(descriptor)
  }
}

extension BhyveNetmap {
  /// Stops a call on a backend that was closed or has stopped before.
  func check(_ function: String) throws(BackendError) {
    if isFreed.load(ordering: .acquiring) {
      throw .stopped("\(function): use of memory freed in line 801", name)
    }
    if let earlier = fault.withLock({ $0 }) { throw earlier }
  }

  /// Stops for good where C would have gone wrong.
  func stop(_ what: String, line: Int) -> BackendError {
    let error = BackendError.stopped("\(what), line \(line)", name)
    fault.withLock { $0 = $0 ?? error }
    return error
  }

  private var isUsable: Bool {
    !isFreed.load(ordering: .acquiring) && fault.withLock { $0 == nil }
  }
}

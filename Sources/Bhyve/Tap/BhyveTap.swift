public import NetBackend
internal import Synchronization
internal import SystemPackage
public import Tap

/// bhyve's tap backend, and its clone vmnet, as it was in 2020: a faithful port with its defects.
///
/// What the seed returns becomes what the contract returns:
///
/// * A length above 0 is that length, also where the frame was cut or only a part was written.
/// * 0 from peek, receive and discard is `nil`: the seed's own comment says that nothing is waiting,
///   and its caller cannot tell what else 0 may have meant. 0 from send is 0.
/// * -1 with `errno` is what the number stands for to a caller that looks at it: `nil` from send if
///   there was no room, otherwise an error with the number.
/// * -1 alone, as all of `tap_init` returns after printing and closing, is
///   ``BackendError/Reason-swift.enum/system`` without a number.
/// * Where C would go on with memory that is not its own, the port throws
///   ``BackendError/Reason-swift.enum/stopped``.
///
/// The event loop is the suite's own and not bhyve's `mevent.c`.
///
/// Source: bhyve `net_backends.c`, lines 171-384 and 736-902.
public final class BhyveTap<Port: TapPort>: NetBackend {
  /// The size of the bounce buffer in bytes.
  static var bounceSize: Int { 1 << 16 }
  /// The size in bytes of the buffer that frames are discarded into.
  static var discardSize: Int { 65_536 + 64 }

  let port: Port
  let name: String
  let descriptor: Int32
  let registration: any EventRegistration
  let bounce: Mutex<Bounce>
  private let isFreed = Atomic(false)

  /// What was read by peeking and not received yet.
  struct Bounce: ~Copyable {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var length = 0
  }

  /// Opens the tap that the request names; a descriptor that the request brings is not used.
  ///
  /// - Throws: ``BackendError``; nothing stays acquired then.
  public init(_ request: OpenRequest, port: Port) throws(BackendError) {
    let opened = try BhyveTapOpening(port: port, request: request).open()
    self.port = port
    name = opened.name
    descriptor = opened.descriptor
    registration = opened.registration
    bounce = Mutex(Bounce())
  }

  deinit { close() }

  /// The kind of backend that opens taps through `port`, selected by `prefix`.
  public static func kind(prefix: String, port: Port) -> BackendKind {
    BackendKind(prefix: prefix) { (request) throws(BackendError) in
      try BhyveTap(request, port: port)
    }
  }

  /// Lets the receive callback run when the descriptor is readable.
  public func enableReceive() {
    if !isFreed.load(ordering: .acquiring) { registration.enable() }
  }

  /// Keeps the receive callback from running.
  public func disableReceive() {
    if !isFreed.load(ordering: .acquiring) { registration.disable() }
  }

  /// Nothing.
  public func offeredFeatures() throws(BackendError) -> VirtioNetFeatures {
    try checkMemory("netbe_get_cap")
    return []
  }

  /// Refuses every feature and every header.
  public func setFeatures(
    _ features: VirtioNetFeatures,
    headerLength: Int
  ) throws(BackendError) {
    try checkMemory("netbe_set_cap")
    // The parameter is an unsigned int: what does not fit it is lost before the check.
    let length = UInt32(truncatingIfNeeded: headerLength)
    guard [0, 10, 12].contains(length) else {
      throw BackendError(.unsupportedHeaderLength, call: "netbe_set_cap", subject: name)
    }
    guard features.isEmpty && length == 0 else {
      throw BackendError(
        length == 0 ? .unsupportedFeatures : .unsupportedHeaderLength,
        call: "tap_set_cap",
        subject: name
      )
    }
  }

  /// 0.
  public var headerLength: Int { 0 }

  /// Ends the registration, closes the descriptor and frees the backend.
  ///
  /// A second call frees it twice in C; it has no answer to say so with.
  public func close() {
    guard !isFreed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    registration.cancel()
    try? port.close(descriptor)
  }
}

extension BhyveTap {
  /// Stops a call on a backend that was closed: its memory belongs to somebody else by then.
  func checkMemory(_ function: String) throws(BackendError) {
    guard isFreed.load(ordering: .acquiring) else { return }
    throw .stopped("\(function): use of memory freed in line 801", name)
  }
}

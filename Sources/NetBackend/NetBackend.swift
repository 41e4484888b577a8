/// The code that moves Ethernet frames between a virtual machine and its host.
///
/// This is bhyve's `struct net_backend` as a Swift protocol. A class that conforms keeps these rules;
/// the conformance suite checks every one of them.
///
/// 1. Lengths are in bytes and include the vnet header in use.
/// 2. `nil` means that nothing is waiting, or on ``send(_:)`` that there is no room now. A frame of
///    length zero is a different answer: 0.
/// 3. Every failure is a ``BackendError``. Would-block is never a failure.
/// 4. A frame is delivered whole, exactly once and in order, or not at all. A loss is visible: the
///    call throws, or a counter of ``DropCounting`` grows.
/// 5. ``receive(into:)`` with too little room throws ``BackendError/Reason-swift.enum/noSpace(required:)``
///    and never passes off a part as a whole. What then happens to the frame (kept or dropped) is the
///    same whether or not it was peeked before.
/// 6. A backend opens with receive disabled. After ``disableReceive()`` has returned no callback
///    begins, whichever thread asked. ``enableReceive()`` with a frame waiting, also one that has been
///    peeked already, leads to a callback.
/// 7. ``setFeatures(_:headerLength:)`` takes effect wholly or not at all. ``offeredFeatures()`` changes
///    nothing.
/// 8. Opening acquires nothing if it fails. ``close()`` releases everything, once, after the last
///    callback has ended; a later call on the closed backend throws
///    ``BackendError/Reason-swift.enum/closed``.
/// 9. No input from the guest or the host ends the process.
///
/// `send` may run on one thread while `peekLength`, `receive` and `discard` run on another. Calls of
/// the same direction are the caller's to serialise, and no call may begin after `close` has begun.
///
/// Source: bhyve `net_backends.c`, lines 85-163 (the table) and 748-902 (its wrappers).
public protocol NetBackend: AnyObject, Sendable {
  /// Sends one frame, the concatenation of the elements, vnet header first.
  ///
  /// The buffers may be reused as soon as the call returns.
  ///
  /// - Returns: The length sent, which is the sum of the elements' lengths in bytes, or `nil` if there
  ///   is no room now and the frame was not taken.
  /// - Throws: ``BackendError`` if the frame was refused or lost.
  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int?

  /// The length in bytes of the next frame, without consuming it, or `nil` if none is waiting.
  func peekLength() throws(BackendError) -> Int?

  /// Receives the next frame into the elements, first element first, and leaves the rest untouched.
  ///
  /// - Returns: The length received in bytes, or `nil` if no frame is waiting.
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int?

  /// Consumes the next frame without looking at it.
  ///
  /// - Returns: The length discarded in bytes, or `nil` if no frame was waiting.
  func discard() throws(BackendError) -> Int?

  /// Lets the receive callback run when a frame is waiting.
  func enableReceive()

  /// Keeps the receive callback from running; none begins after this has returned.
  func disableReceive()

  /// The virtio-net features the backend can support.
  func offeredFeatures() throws(BackendError) -> VirtioNetFeatures

  /// Acknowledges features and sets the length of the vnet header in front of every frame.
  ///
  /// - Parameter headerLength: 0, 10 or 12 bytes; anything else throws
  ///   ``BackendError/Reason-swift.enum/unsupportedHeaderLength``.
  func setFeatures(_ features: VirtioNetFeatures, headerLength: Int) throws(BackendError)

  /// The length in bytes of the vnet header in use: 0 after opening.
  var headerLength: Int { get }

  /// Releases everything the backend holds; a second call does nothing.
  ///
  /// Waits for a callback that is running on another thread. May be called from within the callback.
  func close()
}

public import SystemPackage

/// Event channels: one bit from one domain to another.
///
/// Source: Xen `event_channel.h`; Linux `/dev/xen/evtchn`.
public protocol XenEventPort: Sendable {
  /// Opens the device that events are taken from; the descriptor is readable while one is pending.
  func openEvents() throws(Errno) -> Int32

  /// Binds a new channel of one's own to the channel that another domain offers.
  func bind(_ descriptor: Int32, to remote: EventChannel, of domain: Domain) throws(Errno)
    -> EventChannel

  /// Gives a channel back; it is not pending any more.
  func unbind(_ descriptor: Int32, _ channel: EventChannel) throws(Errno)

  /// Raises the other end of a channel.
  func notify(_ descriptor: Int32, _ channel: EventChannel) throws(Errno)

  /// Takes a pending channel, which is masked from then on; `nil` if there is none.
  func takePending(_ descriptor: Int32) -> EventChannel?

  /// Ends the handling of an event: the channel can be pending again.
  ///
  /// - Parameter isSpurious: Whether there was nothing to do, so that a storm of such events may be
  ///   held back. Source: XSA-332.
  func unmask(_ descriptor: Int32, _ channel: EventChannel, isSpurious: Bool) throws(Errno)

  /// Closes the descriptor and gives back the channels bound through it.
  func closeEvents(_ descriptor: Int32) throws(Errno)
}

/// The number of an event channel in one domain; 0 is none.
public struct EventChannel: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: UInt32

  /// The channel of a number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The number of a domain.
public struct Domain: RawRepresentable, Hashable, Sendable {
  /// The number.
  public let rawValue: UInt16

  /// The domain of a number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The domain that asks, whatever its number.
  ///
  /// Source: Xen `xen.h`, `DOMID_SELF`.
  public static let own = Domain(rawValue: 0x7FF0)
}

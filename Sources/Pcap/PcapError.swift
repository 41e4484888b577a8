/// Why a capture could not be made, read or written.
public struct PcapError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public enum Reason: Equatable, Sendable {
    /// The caller may not capture here.
    case notPermitted
    /// The interface or the file does not exist.
    case unavailable
    /// The link is down.
    case linkDown
    /// The frames are not Ethernet frames.
    case notEthernet
    /// The capture is closed.
    case closed
    /// Anything else; the message says what.
    case failed
  }

  /// The kind of failure.
  public var reason: Reason
  /// The call that failed, such as `pcap_activate`.
  public var call: String
  /// The interface or the path concerned.
  public var subject: String
  /// What libpcap says.
  public var message: String

  /// Creates an error.
  public init(_ reason: Reason, call: String, subject: String, message: String = "") {
    self.reason = reason
    self.call = call
    self.subject = subject
    self.message = message
  }

  /// One line: subject, call, reason and message.
  public var description: String {
    "\(subject): \(call): \(reason)" + (message.isEmpty ? "" : " (\(message))")
  }
}

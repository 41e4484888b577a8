/// Why a backend refused or failed, and what a person needs to find the cause.
public struct BackendError: Error, Equatable, Sendable {
  /// The kind of failure.
  public enum Reason: Equatable, Sendable {
    /// No registered prefix matches the name.
    case unknownBackend
    /// The name is empty, too long, or has characters that are not allowed.
    case invalidName
    /// Somebody else uses the device.
    case busy
    /// The caller may not do this.
    case notPermitted
    /// The device or the facility does not exist here.
    case unavailable
    /// The device exists, but it is not of the kind or mode that the backend needs.
    case wrongDevice
    /// The buffers do not hold the frame, which needs `required` bytes.
    case noSpace(required: Int)
    /// The frame has no bytes.
    case emptyFrame
    /// The frame is shorter than `minimum` bytes.
    case frameTooShort(minimum: Int)
    /// The frame is longer than `maximum` bytes.
    case frameTooLong(maximum: Int)
    /// The device did not take the frame, or took only a part; it is lost.
    case dropped
    /// Features were asked for that are not offered, or that need others or a vnet header.
    case unsupportedFeatures
    /// The header length is none of those the backend can use.
    case unsupportedHeaderLength
    /// The link is down.
    case linkDown
    /// The device is gone, or at its end of file.
    case disconnected
    /// A field of the memory that is shared with the device cannot be what it is; nothing was moved.
    case corruptRing(field: String, value: UInt64)
    /// The backend is closed.
    case closed
    /// The backend came to a point from which it cannot go on: nothing works but closing it.
    case stopped
    /// A system call failed in a way that no other case describes.
    case system
  }

  /// The kind of failure.
  public var reason: Reason
  /// The call that failed, such as `TUNSETIFF`.
  public var call: String
  /// The `errno` of that call, if it was a system call.
  public var errno: Int32?
  /// The interface or backend concerned.
  public var subject: String

  /// Creates an error.
  public init(_ reason: Reason, call: String, subject: String, errno: Int32? = nil) {
    self.reason = reason
    self.call = call
    self.errno = errno
    self.subject = subject
  }
}

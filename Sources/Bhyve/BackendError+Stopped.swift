internal import NetBackend
internal import SystemPackage

extension BackendError {
  /// The error with which a port stops where C would have gone wrong.
  ///
  /// - Parameters:
  ///   - fault: What C would have done, with the seed's line.
  ///   - subject: The backend.
  static func stopped(_ fault: String, _ subject: String) -> BackendError {
    BackendError(.stopped, call: fault, subject: subject)
  }

  /// The error of a function that returned -1 and left the `errno` of the system call to look at.
  static func failed(
    _ call: String,
    _ subject: String,
    _ reason: Reason,
    _ errno: Errno
  ) -> BackendError {
    BackendError(reason, call: call, subject: subject, errno: errno.rawValue)
  }

  /// The error of a function that returned -1 and said no more.
  static func minusOne(_ call: String, _ subject: String) -> BackendError {
    BackendError(.system, call: call, subject: subject)
  }
}

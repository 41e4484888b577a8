internal import NetBackend

/// Why the device's header or offloads could not be changed, and whether its header is known still.
struct TapSwitchFailure: Error {
  /// What the caller is told.
  var reason: BackendError
  /// Whether the device may use another header length now than the backend thinks.
  var isUnknown: Bool

  init(_ reason: BackendError, isUnknown: Bool = false) {
    self.reason = reason
    self.isUnknown = isUnknown
  }
}

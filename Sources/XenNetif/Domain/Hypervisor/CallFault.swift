public import SystemPackage

/// The calls of the store and of event channels that can be arranged to fail.
public enum XenCall: Hashable, Sendable, CaseIterable {
  /// ``XenStorePort/read(_:in:)``
  case read
  /// ``XenStorePort/list(_:in:)``
  case list
  /// ``XenStorePort/write(_:to:in:)``
  case write
  /// ``XenStorePort/remove(_:in:)``
  case remove
  /// ``XenStorePort/beginTransaction()``
  case beginTransaction
  /// ``XenStorePort/end(_:commit:)``: the transaction has ended all the same, and nothing is written.
  case endTransaction
  /// ``XenStorePort/watch(_:token:)``
  case watch
  /// ``XenStorePort/unwatch(_:token:)``
  case unwatch
  /// ``XenEventPort/openEvents()``
  case openEvents
  /// ``XenEventPort/bind(_:to:of:)``
  case bind
  /// ``XenEventPort/unbind(_:_:)``
  case unbind
  /// ``XenEventPort/notify(_:_:)``
  case notify
  /// ``XenEventPort/unmask(_:_:isSpurious:)``
  case unmask
  /// ``XenEventPort/closeEvents(_:)``
  case closeEvents
}

/// An arrangement that calls of one kind fail, of which nothing comes then.
public struct CallFault: Sendable {
  /// The call.
  public var call: XenCall
  /// Whose calls fail.
  public var domain: Domain
  /// The path in the store that is concerned, from the root; `nil` for any.
  public var path: String?
  /// What they fail with.
  public var error: Errno
  /// When they do.
  public var schedule: FaultSchedule

  /// Has calls of `domain` fail.
  public init(
    _ call: XenCall,
    by domain: Domain,
    path: String? = nil,
    with error: Errno,
    _ schedule: FaultSchedule = .always
  ) {
    self.call = call
    self.domain = domain
    self.path = path
    self.error = error
    self.schedule = schedule
  }

  func concerns(_ call: XenCall, _ domain: Domain, _ path: String?) -> Bool {
    guard call == self.call, domain == self.domain, schedule.remaining != 0 else { return false }
    guard let own = self.path else { return true }
    return path.map { StorePath.absolute($0, of: domain) } == own
  }
}

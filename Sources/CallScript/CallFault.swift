public import SystemPackage

/// How coming system calls go wrong.
///
/// Faults of the same call come one after another, in the order in which they were added. A call that
/// goes well counts for every fault that waits for it.
public struct CallFault: Equatable, Sendable {
  /// What happens in place of the call.
  public enum Effect: Equatable, Sendable {
    /// The call fails.
    case fails(Errno)
    /// The call does nothing and returns this number.
    case returns(Int)
    /// A read finds this frame, behind a header of zeros as long as the device's is.
    case finds([UInt8])
  }

  /// Which call; `nil` for any.
  public var call: CallName?
  /// The number of matching calls that still go well first.
  public var after: Int
  /// The number of calls that then go wrong.
  public var times: Int
  /// What happens in place of the call.
  public var effect: Effect

  /// Describes a fault of `times` calls.
  public init(_ call: CallName?, after: Int = 0, times: Int = 1, _ effect: Effect) {
    self.call = call
    self.after = after
    self.times = times
    self.effect = effect
  }

  func matches(_ name: CallName) -> Bool {
    guard case .finds = effect else { return call == nil || call == name }
    return name == .read
  }
}

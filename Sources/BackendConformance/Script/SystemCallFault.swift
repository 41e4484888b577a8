/// How coming system calls go wrong.
public struct SystemCallFault: Equatable, Sendable {
  /// What happens in place of the call.
  public enum Effect: Equatable, Sendable {
    /// The call fails with this `errno`.
    case fails(Int32)
    /// The call does nothing and returns this number.
    case returns(Int)
    /// A read finds this frame.
    case finds(FramePattern)
  }

  /// The call's name, such as `writev`; `nil` for any call.
  public var call: String?
  /// The number of matching calls that still go well first.
  public var after: Int
  /// The number of calls that then go wrong.
  public var times: Int
  /// What happens in place of the call.
  public var effect: Effect

  /// Describes a fault of `times` calls called `call`.
  public init(_ call: String?, after: Int = 0, times: Int = 1, _ effect: Effect) {
    self.call = call
    self.after = after
    self.times = times
    self.effect = effect
  }
}

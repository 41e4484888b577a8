/// The flags of a descriptor that a backend answers for.
public struct DescriptorFlags: OptionSet, Hashable, Sendable {
  /// The bits.
  public let rawValue: Int32
  /// Creates a set of flags from its bits.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The descriptor is closed in a program that this process executes.
  ///
  /// The corresponding C constant is `FD_CLOEXEC`.
  public static let closeOnExec = DescriptorFlags(rawValue: 1)
  /// A call that would have to wait fails instead.
  ///
  /// The corresponding C constant is `O_NONBLOCK`.
  public static let nonBlocking = DescriptorFlags(rawValue: 2)
}

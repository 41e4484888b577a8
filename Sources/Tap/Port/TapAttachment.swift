/// The interface that a descriptor is attached to, and how.
public struct TapAttachment: Equatable, Sendable {
  /// The name of the interface.
  public var name: String
  /// The kind and the mode of the interface.
  public var flags: TapFlags

  /// Creates an attachment.
  public init(name: String, flags: TapFlags) {
    self.name = name
    self.flags = flags
  }
}

/// A backend of an ``EmbeddedTestbench`` and the other end of its link.
public struct EmbeddedLink: Sendable {
  /// The name it is opened under.
  public var name: String
  /// The other end of the link; without one only the calls themselves are tested.
  public var farSide: (any FarSide)?
  /// Opens the backend.
  public var open: EmbeddedTestbench.Opener

  /// Creates a link.
  public init(
    name: String = "backend",
    farSide: (any FarSide)?,
    open: @escaping EmbeddedTestbench.Opener
  ) {
    self.name = name
    self.farSide = farSide
    self.open = open
  }
}

extension Suite {
  /// The version of the suite: of the library, the command, and what both promise.
  public static let version = "0.1.0"
}

/// Scripts in files: fixtures, kept regressions, the evidence of failures.
public enum ScriptFile {
  /// Reads the script in the file at `path`.
  ///
  /// - Parameter objection: What is expected in place of a requirement, given its slug; `nil` if it
  ///   will do.
  public static func load(
    _ path: String,
    objection: (String) -> String? = { _ in nil }
  ) throws(InputFileError) -> Script {
    try Script(yaml: try InputFile.text(path), file: path, objection: objection)
  }

  /// Reads every script in a directory and below, sorted by path.
  public static func load(directory: String) throws(InputFileError) -> [Script] {
    try paths(in: directory).map { path throws(InputFileError) in try load(path) }
  }

  /// The paths of the script files in a directory and below, sorted.
  public static func paths(in directory: String) throws(InputFileError) -> [String] {
    try InputFile.paths(in: directory, endingIn: [".yaml", ".yml"])
  }
}

/// What is wrong with a file that was read, and where.
public struct InputFileError: Error, Equatable, Sendable {
  /// The file's path.
  public var file: String
  /// The line, counted from 1; 0 if the file as a whole is meant.
  public var line: Int
  /// The column, counted from 1 in Unicode scalars; 0 if the file as a whole is meant.
  public var column: Int
  /// What was expected there.
  public var expected: String
  /// What was found instead.
  public var found: String

  /// Creates an error.
  public init(file: String, line: Int = 0, column: Int = 0, expected: String, found: String) {
    self.file = file
    self.line = line
    self.column = column
    self.expected = expected
    self.found = found
  }
}

extension InputFileError: CustomStringConvertible {
  /// One line: file, line and column, what was expected and what was found.
  public var description: String {
    let place = line == 0 ? file : "\(file):\(line):\(column)"
    return "\(place): expected \(expected), found \(found)"
  }
}

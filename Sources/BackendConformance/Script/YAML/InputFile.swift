import FoundationEssentials

/// Text files that people hand to the suite.
enum InputFile {
  /// The longest file that is read, in bytes.
  static let longest = 16 << 20

  /// The text of the file at `path`.
  static func text(_ path: String) throws(InputFileError) -> String {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw InputFileError(file: path, expected: "a file that can be read", found: reason(error))
    }
    guard data.count <= longest else {
      throw InputFileError(file: path, expected: "at most 16 MiB", found: "\(data.count) bytes")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw InputFileError(file: path, expected: "text in UTF-8", found: "other bytes")
    }
    return text
  }

  /// The paths of the files in a directory and below that end in one of `suffixes`, sorted.
  static func paths(
    in directory: String,
    endingIn suffixes: [String]
  ) throws(InputFileError) -> [String] {
    do {
      return try FileManager.default.subpathsOfDirectory(atPath: directory)
        .filter { path in suffixes.contains { path.hasSuffix($0) } }
        .sorted()
        .map { directory.hasSuffix("/") ? directory + $0 : directory + "/" + $0 }
    } catch {
      throw InputFileError(
        file: directory,
        expected: "a directory that can be read",
        found: reason(error)
      )
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch (error as? CocoaError)?.code {
    case .fileReadNoSuchFile?, .fileNoSuchFile?: "no such file"
    case .fileReadNoPermission?: "no permission to read it"
    default: "\(error)"
    }
  }
}

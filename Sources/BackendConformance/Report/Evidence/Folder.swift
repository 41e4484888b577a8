internal import FoundationEssentials

/// Folders and files that a run makes.
enum Folder {
  /// Creates a folder that did not exist, and returns its path; a number is added if it did.
  static func create(named name: String, in parent: String) throws(EvidenceError) -> String {
    let base = parent.hasSuffix("/") ? parent + name : parent + "/" + name
    for number in 1... {
      let path = number == 1 ? base : "\(base)-\(number)"
      guard !FileManager.default.fileExists(atPath: path) else { continue }
      try create(path)
      return path
    }
    return base
  }

  /// Creates a folder and those above it.
  static func create(_ path: String) throws(EvidenceError) {
    try attempt(path) {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  /// Writes a file as a whole or not at all.
  static func write(_ text: String, to path: String) throws(EvidenceError) {
    try write(Array(text.utf8), to: path)
  }

  /// Writes a file as a whole or not at all.
  static func write(_ bytes: [UInt8], to path: String) throws(EvidenceError) {
    try attempt(path) { try Data(bytes).write(to: URL(filePath: path), options: .atomic) }
  }

  private static func attempt(_ path: String, _ body: () throws -> Void) throws(EvidenceError) {
    do {
      try body()
    } catch {
      let code = (error as? CocoaError)?.code
      let reason =
        switch code {
        case .fileWriteNoPermission?: "no permission to write it"
        case .fileWriteOutOfSpace?: "no space left"
        default: "\(error)"
        }
      throw EvidenceError(path: path, reason: reason)
    }
  }
}

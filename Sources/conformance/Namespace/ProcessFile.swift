internal import SystemPackage

/// Short files of `/proc`.
enum ProcessFile {
  /// The text of a file; `nil` if it cannot be read.
  static func text(_ path: String) -> String? {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    else {
      return nil
    }
    defer { try? file.close() }
    // SAFETY: the buffer is written to only by `read`, which returns how much of it is filled.
    return unsafe String(unsafeUninitializedCapacity: 8192) { buffer in
      (try? unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
    }
  }

  /// The number that a file consists of.
  static func number(_ path: String) -> Int? {
    text(path).flatMap { Int($0.trimmed) }
  }

  /// The rest of the first line that begins with `key`.
  static func line(_ path: String, after key: String) -> String? {
    text(path)?.split(separator: "\n").first { $0.hasPrefix(key) }.map {
      String($0.dropFirst(key.count)).trimmed
    }
  }
}

extension String {
  /// The text without white space around it.
  fileprivate var trimmed: String {
    let kept = drop(while: \.isWhitespace)
    return String(kept.reversed().drop(while: \.isWhitespace).reversed())
  }
}

internal import BackendConformance
internal import SystemPackage
internal import XenNetif

/// Files with the dump of a ring's page.
enum RingPageFile {
  /// The 4096 bytes of a file.
  static func bytes(_ path: String) throws(CommandFailure) -> [UInt8] {
    let bytes = try read(path)
    let size = RingGeometry.pageSize
    guard bytes.count == size else {
      let found = bytes.count < size ? "\(bytes.count)" : "more"
      throw failure(path, expected: "\(size) bytes, a ring's page", found: found)
    }
    return bytes
  }

  /// The file's bytes, at most one more than a page has.
  private static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
      return try file.closeAfter {
        var bytes: [UInt8] = []
        while bytes.count <= RingGeometry.pageSize {
          let more = try next(RingGeometry.pageSize + 1 - bytes.count, of: file)
          if more.isEmpty { break }
          bytes += more
        }
        return bytes
      }
    } catch {
      throw failure(path, expected: "a file that can be read", found: reason(error))
    }
  }

  /// At most so many bytes; none at the end of the file.
  private static func next(_ count: Int, of file: FileDescriptor) throws -> [UInt8] {
    // SAFETY: the buffer is written to only by `read`, which returns how much of it is filled.
    try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try unsafe file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  private static func reason(_ error: any Error) -> String {
    switch error as? Errno {
    case .noSuchFileOrDirectory?: "no such file"
    case .permissionDenied?: "no permission to read it"
    case .isDirectory?: "a directory"
    default: "\(error)"
    }
  }

  private static func failure(_ path: String, expected: String, found: String) -> CommandFailure {
    let error = InputFileError(file: path, expected: expected, found: found)
    return CommandFailure(.badInput, error.description)
  }
}

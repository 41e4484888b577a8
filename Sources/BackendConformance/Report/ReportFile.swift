import Glibc
import SystemPackage

/// A file that appears whole or not at all: it is written under a temporary name in the same
/// directory, and renamed when it is complete.
///
/// What is not a regular file, such as a pipe or a terminal, is written in place.
public final class ReportFile {
  private let path: String
  private let temporary: String
  private let descriptor: FileDescriptor
  private var isOpen = true

  /// Begins to write the file at `path`; a link leads to the file that is written.
  public init(_ path: String) throws(ReportFileError) {
    let path = Self.destination(of: path)
    self.path = path
    guard Self.kind(of: path) != S_IFDIR else {
      throw ReportFileError(.open, path: path, errno: EISDIR)
    }
    let isInPlace = Self.isSpecial(path)
    temporary = isInPlace ? path : Self.temporaryName(for: path)
    do {
      descriptor = try FileDescriptor.open(
        FilePath(temporary),
        .writeOnly,
        options: isInPlace ? [.closeOnExec] : [.create, .exclusiveCreate, .closeOnExec],
        permissions: isInPlace ? nil : [.ownerReadWrite, .groupRead, .otherRead]
      )
    } catch {
      throw ReportFileError(.open, path: path, error)
    }
  }

  deinit { discard() }

  /// Adds text.
  public func write(_ text: String) throws(ReportFileError) {
    do {
      _ = try descriptor.writeAll(text.utf8)
    } catch {
      throw ReportFileError(.write, path: path, error)
    }
  }

  /// Makes the file appear under its own name, once it is safe on the disk.
  public func commit() throws(ReportFileError) {
    guard isOpen else { return }
    if temporary != path {
      guard fsync(descriptor.rawValue) == 0 else { throw failure(.sync) }
      guard unsafe rename(temporary, path) == 0 else { throw failure(.rename) }
    }
    isOpen = false
    do {
      try descriptor.close()
    } catch {
      throw ReportFileError(.write, path: path, error)
    }
  }

  /// Leaves nothing behind.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    try? descriptor.close()
    if temporary != path { _ = unsafe unlink(temporary) }
  }

  /// Writes a whole file.
  public static func write(_ text: String, to path: String) throws(ReportFileError) {
    let file = try ReportFile(path)
    try file.write(text)
    try file.commit()
  }

  private func failure(_ call: ReportFileError.Call) -> ReportFileError {
    let error = ReportFileError(call, path: path, errno: errno)
    discard()
    return error
  }

  private static func isSpecial(_ path: String) -> Bool {
    kind(of: path).map { $0 != S_IFREG } ?? false
  }

  /// The type of file that is there; `nil` if there is none.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  /// Where a link leads, so that the new file does not take its place.
  private static func destination(of path: String) -> String {
    // What `realpath` returns is the caller's to free.
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  private static func temporaryName(for path: String) -> String {
    let name = FilePath(path).lastComponent?.string ?? "report"
    let number = String(UInt32.random(in: 0...UInt32.max), radix: 16)
    return FilePath(path).removingLastComponent().appending(".\(name).\(number).partial").string
  }
}

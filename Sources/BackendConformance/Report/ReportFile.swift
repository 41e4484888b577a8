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

  /// Begins to write the file at `path`.
  public init(_ path: String) throws(ReportFileError) {
    self.path = path
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
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  private static func temporaryName(for path: String) -> String {
    let name = FilePath(path).lastComponent?.string ?? "report"
    let number = String(UInt32.random(in: 0...UInt32.max), radix: 16)
    return FilePath(path).removingLastComponent().appending(".\(name).\(number).partial").string
  }
}

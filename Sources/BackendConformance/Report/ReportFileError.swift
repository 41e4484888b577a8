import Glibc
import SystemPackage

/// Why a report could not be written.
public struct ReportFileError: Error, Equatable, Sendable {
  /// What failed.
  public enum Call: String, Sendable {
    /// Creating the file.
    case open
    /// Writing to it.
    case write
    /// Bringing it to the disk.
    case sync
    /// Giving it its name.
    case rename
  }

  /// What failed.
  public var call: Call
  /// The path that was to be written.
  public var path: String
  /// The `errno` of the call.
  public var errno: Int32

  /// Creates an error.
  public init(_ call: Call, path: String, errno: Int32) {
    self.call = call
    self.path = path
    self.errno = errno
  }

  init(_ call: Call, path: String, _ error: any Error) {
    self.init(call, path: path, errno: (error as? Errno)?.rawValue ?? EIO)
  }
}

extension ReportFileError: CustomStringConvertible {
  /// One line: the path, what failed and why.
  public var description: String { "\(path): cannot \(call.rawValue): \(Errno(rawValue: errno))" }
}

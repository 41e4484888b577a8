internal import BackendConformance
internal import Glibc

extension CommandFailure {
  /// Reads input; what is wrong with it becomes the failure.
  static func badInput<Value>(
    _ read: () throws(InputFileError) -> Value
  ) throws(CommandFailure) -> Value {
    do throws(InputFileError) {
      return try read()
    } catch {
      throw CommandFailure(.badInput, error.description)
    }
  }

  /// Writes a report; what keeps it from being written becomes the failure.
  static func writing<Value>(
    _ write: () throws(ReportFileError) -> Value
  ) throws(CommandFailure) -> Value {
    do throws(ReportFileError) {
      return try write()
    } catch {
      throw CommandFailure(error)
    }
  }

  private init(_ error: ReportFileError) {
    switch error.errno {
    case EACCES, EPERM, EROFS: self.init(.notPermitted, "\(error); choose another path")
    case ENOENT, ENOTDIR, EISDIR: self.init(.usage, "\(error); name a file in a folder that exists")
    default: self.init(.suiteFault, "\(error)")
    }
  }
}

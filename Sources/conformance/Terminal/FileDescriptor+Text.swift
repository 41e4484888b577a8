internal import Glibc
internal import SystemPackage

extension FileDescriptor {
  /// Whether the descriptor is a terminal.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes text as UTF-8.
  ///
  /// - Returns: Whether all of it was taken; a reader that went away counts as having read enough.
  func take(_ text: String) -> Bool {
    do {
      try writeAll(text.utf8)
      return true
    } catch {
      return error as? Errno == .brokenPipe
    }
  }
}

internal import BackendConformance
internal import Foundation

/// Tries in a child process whether a network namespace can be entered.
enum NamespaceTrial {
  /// Fails as a run would.
  static func run() throws(CommandFailure) {
    let child = Process()
    let errors = Pipe()
    child.executableURL = URL(filePath: "/proc/self/exe")
    child.arguments = ["doctor", "--try-private-network"]
    child.standardError = errors
    do {
      try child.run()
    } catch {
      throw CommandFailure(.unavailable, "cannot execute /proc/self/exe; mount /proc")
    }
    let sentence = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(),
      as: UTF8.self
    )
    child.waitUntilExit()
    guard child.terminationStatus != 0 else { return }
    throw CommandFailure(
      ExitStatus(rawValue: child.terminationStatus) ?? .suiteFault,
      StandardError.sentence(of: sentence)
    )
  }
}

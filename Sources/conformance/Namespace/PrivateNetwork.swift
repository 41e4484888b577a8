internal import BackendConformance
internal import CLinux
internal import Glibc

/// A network namespace of the run's own, in which it can make interfaces that nobody else sees.
///
/// It ends with the process, and so does everything in it. The process enters it by executing itself
/// again, before it has a second thread: threads would stay in the namespace they were made in.
enum PrivateNetwork {
  /// How the process executed itself: `PROCESS:user` or `PROCESS:root`, with the number of the process,
  /// which executing does not change, so that child processes do not take it as meant for them.
  private static let marker = "CONFORMANCE_PRIVATE_NETWORK"

  /// Whether this process is in a namespace of its own.
  static let isEntered = ask() != nil

  /// Enters the namespace if the process executed itself for that; ends the process if it cannot.
  static func enterIfAsked() {
    guard let request = ask() else { return }
    do throws(CommandFailure) {
      try enter(withUserNamespace: request == .user)
    } catch {
      StandardError.note(error.message)
      exit(error.status.rawValue)
    }
    prepareInterfaces()
  }

  /// Enters a namespace; the process must have a single thread.
  static func enter(withUserNamespace: Bool) throws(CommandFailure) {
    let result = clinux_enter_private_network(withUserNamespace ? 1 : 0)
    guard result < 0 else { return }
    throw NamespacePermission.failure(errno: -result)
  }

  /// Executes the process again inside a namespace of its own.
  static func reexecute() throws(CommandFailure) -> Never {
    try NamespacePermission.check()
    let request: Request = NamespacePermission.needsUserNamespace ? .user : .root
    // SAFETY: both strings are lent for the length of the call, which copies them.
    unsafe setenv(marker, "\(getpid()):\(request.rawValue)", 1)
    // SAFETY: the arguments are those the process was started with, and end with NULL.
    _ = unsafe execv("/proc/self/exe", CommandLine.unsafeArgv)
    throw CommandFailure(
      .unavailable,
      "cannot execute /proc/self/exe (errno \(errno)); mount /proc, or create the interface yourself"
    )
  }

  private enum Request: String {
    case user
    case root
  }

  private static func ask() -> Request? {
    guard let value = Environment.value(marker) else { return nil }
    let parts = value.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0] == "\(getpid())" else { return nil }
    return Request(rawValue: String(parts[1]))
  }

  /// Keeps IPv6 from putting frames of its own on new interfaces, and brings the loopback up.
  private static func prepareInterfaces() {
    // SAFETY: the names are lent for the length of the calls.
    unsafe clinux_disable_ipv6("default")
    let socket = clinux_interface_socket()
    guard socket >= 0 else { return }
    unsafe clinux_set_interface_flags(socket, "lo", CLINUX_IFF_UP)
    clinux_close(socket)
  }
}

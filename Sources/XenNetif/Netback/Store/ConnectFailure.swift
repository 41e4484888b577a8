internal import SystemPackage

/// Why an interface cannot be connected as the frontend wants it.
struct ConnectFailure: Error, Equatable {
  /// The number of the error.
  var errno: Errno
  /// What was being done.
  var about: String

  static func queueCount() -> ConnectFailure {
    ConnectFailure(errno: .invalidArgument, about: "queue count out of range")
  }

  static func address() -> ConnectFailure {
    ConnectFailure(errno: .noSuchFileOrDirectory, about: "parsing mac")
  }

  static func receiveCopy(_ errno: Errno) -> ConnectFailure {
    ConnectFailure(errno: errno, about: "reading request-rx-copy")
  }

  static func controlRing(_ errno: Errno) -> ConnectFailure {
    ConnectFailure(errno: errno, about: "control ring")
  }

  static func ringReference(_ errno: Errno) -> ConnectFailure {
    ConnectFailure(errno: errno, about: "reading a ring reference")
  }

  static func eventChannel(_ errno: Errno) -> ConnectFailure {
    ConnectFailure(errno: errno, about: "reading event channel")
  }

  static func mapping(_ errno: Errno) -> ConnectFailure {
    ConnectFailure(errno: errno, about: "mapping rings / binding event channel")
  }

  static func state() -> ConnectFailure {
    ConnectFailure(errno: .invalidArgument, about: "unexpected frontend state")
  }
}

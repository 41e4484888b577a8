public import NetBackend

/// What one step in fact saw.
public enum Observation: Equatable, Sendable {
  /// The action was carried out.
  case done
  /// The backend opened, as a backend of this kind.
  case opened(kind: String)
  /// Nothing was waiting, or there was no room.
  case nothing
  /// A length in bytes.
  case length(Int)
  /// One frame was received.
  case frame(FrameSummary)
  /// The far side collected these frames.
  case frames([FrameSummary])
  /// The call threw.
  indirect case error(BackendError)
  /// That many callbacks began.
  case callbacks(Int)
  /// These system calls were made.
  case calls([CallSummary])
  /// The state of the ledger.
  indirect case ledger(LedgerSummary)
  /// A header length in bytes.
  case headerLength(Int)
  /// A set of features.
  case features(VirtioNetFeatures)
  /// What was seen of a ring.
  indirect case ring(RingObservation)
  /// What was seen of a netback.
  indirect case xen(XenObservation)
  /// The number of frames that are counted as lost.
  case drops(UInt64)
  /// The bench cannot do this; what is missing.
  case unsupported(String)
  /// The bench failed, by no fault of the backend; what happened.
  case benchFailed(String)
  /// What was waited for did not come in time; `loaded` if the machine itself was late as well.
  case late(LateObservation)
}

/// A deadline that was missed.
public struct LateObservation: Equatable, Sendable {
  /// What had been seen when it passed.
  public var soFar: Int
  /// How long was waited, in seconds.
  public var seconds: Double
  /// Whether the machine was too busy for the delay to count against the backend.
  public var machineWasLate: Bool

  /// Creates an observation of what had been seen after that many seconds.
  public init(soFar: Int, seconds: Double, machineWasLate: Bool) {
    self.soFar = soFar
    self.seconds = seconds
    self.machineWasLate = machineWasLate
  }
}

/// One frame as it was observed: enough to compare it, and to see where it went wrong.
public struct FrameSummary: Equatable, Sendable {
  /// The number of leading bytes that are kept.
  public static let headLength = 64

  /// The length in bytes.
  public var length: Int
  /// A 64-bit digest of all bytes.
  public var digest: UInt64
  /// The first bytes.
  public var head: [UInt8]

  /// Creates a summary from its parts, as a stored event log holds them.
  public init(length: Int, digest: UInt64, head: [UInt8]) {
    self.length = length
    self.digest = digest
    self.head = head
  }
}

/// One system call as it was observed.
public struct CallSummary: Equatable, Sendable {
  /// The call's name, such as `writev`.
  public var name: String
  /// The length in bytes, the value or the flags it was called with.
  public var argument: Int
  /// What it returned; `-errno` if it failed.
  public var result: Int

  /// Creates a summary.
  public init(name: String, argument: Int, result: Int) {
    self.name = name
    self.argument = argument
    self.result = result
  }
}

/// The state of the bench's ledger of descriptors.
public struct LedgerSummary: Equatable, Sendable {
  /// The number of descriptors that are open.
  public var open: Int
  /// The number of times a descriptor was closed that was not open.
  public var closedTwice: Int
  /// The number of descriptors that are watched by the event loop.
  public var watched: Int
  /// The number of descriptors that child processes would inherit.
  public var inherited: Int
  /// The number of descriptors that were watched while they were blocking.
  public var watchedBlocking: Int
  /// The number of descriptors that were closed while they were watched.
  public var closedWatched: Int

  /// Creates a summary of zeros.
  public init() {
    (open, closedTwice, watched, inherited, watchedBlocking, closedWatched) = (0, 0, 0, 0, 0, 0)
  }
}

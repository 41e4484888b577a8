public import NetBackend

/// One thing a step is allowed to observe.
public struct Outcome: Equatable, Sendable {
  /// A name for this outcome, for steps whose choice must be the same.
  public var label: String?
  /// What is observed.
  public var expectation: Expectation

  /// Creates an outcome.
  public init(_ expectation: Expectation, label: String? = nil) {
    self.expectation = expectation
    self.label = label
  }

  /// The same outcome under a name.
  public func labelled(_ label: String) -> Outcome { Outcome(expectation, label: label) }
}

/// What an observation is compared with.
public enum Expectation: Equatable, Sendable {
  /// Anything at all.
  case anything
  /// The action was carried out.
  case done
  /// The backend opened, as a backend of this kind if one is named.
  case opened(kind: String?)
  /// Nothing is waiting, or there is no room.
  case nothing
  /// Nothing, although a part of something was stored in the buffers.
  case spoiled
  /// A length in bytes.
  case length(Int)
  /// A length in bytes within bounds.
  case lengthIn(ClosedRange<Int>)
  /// One frame, received whole.
  case frame(FramePattern)
  /// One frame with any content of this many bytes.
  case anyFrame(Int)
  /// These frames, no others, in this order.
  case frames([FramePattern])
  /// Some of these frames, no others, in this order.
  case someFrames([FramePattern])
  /// These frames, no others, in any order.
  case framesInAnyOrder([FramePattern])
  /// An error whose reason is one of these words, or any if there are none.
  case error([String], required: Int?)
  /// An error that names its subject, the call, and the `errno` of a system call.
  case explainedError([String])
  /// An error that names its subject, the call, and this `errno`; 0 if it must have none.
  case systemError([String], errno: Int32)
  /// A number of callbacks.
  case callbacks(ClosedRange<Int>)
  /// Exactly these system calls.
  case calls([CallPattern])
  /// A number of system calls.
  case callCount(ClosedRange<Int>)
  /// Every descriptor that was opened has been closed, once, and nothing is watched.
  case balanced
  /// That many descriptors are open, and nothing else was done wrong with any.
  case stillOpen(Int)
  /// Every open descriptor is closed on exec and was non-blocking when it was first watched.
  case wellKept
  /// Every descriptor was non-blocking when it was first watched.
  case nonBlocking
  /// Every open descriptor is closed on exec.
  case notInherited
  /// A header length in bytes.
  case headerLength(Int)
  /// These features.
  case features(VirtioNetFeatures)
  /// Features none of which lacks one that it needs.
  case closedFeatures
  /// Features that include all of these.
  case offers(VirtioNetFeatures)
  /// Features that lack at least one of these.
  case offersNotAll(VirtioNetFeatures)
  /// What is to be seen of a ring.
  case ring(RingExpectation)
  /// What is to be seen of a netback.
  case xen(XenExpectation)
  /// The number of frames that are counted as lost.
  case drops(ClosedRange<UInt64>)
}

extension Expectation {
  /// The least number of frames with which the far side can meet the expectation.
  var leastFrames: Int {
    switch self {
    case .frames(let runs), .framesInAnyOrder(let runs): runs.reduce(0) { $0 + $1.count }
    default: 0
    }
  }
}

/// A system call, as an expectation describes it.
public struct CallPattern: Equatable, Sendable {
  /// The call's name.
  public var name: String
  /// The length in bytes, the value or the flags it was called with; `nil` for any.
  public var argument: Int?

  /// Describes a call.
  public init(_ name: String, _ argument: Int? = nil) {
    self.name = name
    self.argument = argument
  }
}

extension Outcome {
  /// Anything at all.
  public static let anything = Outcome(.anything)
  /// The action was carried out.
  public static let done = Outcome(.done)
  /// The backend opened.
  public static let opened = Outcome(.opened(kind: nil))
  /// Nothing is waiting, or there is no room.
  public static let nothing = Outcome(.nothing)
  /// Any error.
  public static let anyError = Outcome(.error([], required: nil))
  /// Every descriptor that was opened has been closed.
  public static let balanced = Outcome(.balanced)

  /// Nothing, although a part of something was stored in the buffers.
  public static let spoiled = Outcome(.spoiled)
  /// A length in bytes.
  public static func length(_ length: Int) -> Outcome { Outcome(.length(length)) }
  /// One frame, received whole.
  public static func frame(_ frame: FramePattern) -> Outcome { Outcome(.frame(frame)) }
  /// These frames, no others, in this order.
  public static func frames(_ frames: FramePattern...) -> Outcome { Outcome(.frames(frames)) }
  /// No frames.
  public static let noFrames = Outcome(.frames([]))
  /// An error with one of these reasons.
  public static func error(_ reasons: String...) -> Outcome {
    Outcome(.error(reasons, required: nil))
  }
  /// The error that says how much room the frame needs, in bytes.
  public static func noSpace(required: Int) -> Outcome {
    Outcome(.error(["noSpace"], required: required))
  }
  /// Exactly that many callbacks.
  public static func callbacks(_ count: Int) -> Outcome { Outcome(.callbacks(count...count)) }
  /// A number of callbacks within bounds.
  public static func callbacks(_ range: ClosedRange<Int>) -> Outcome { Outcome(.callbacks(range)) }
}

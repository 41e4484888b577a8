public import NetBackend

// The verbs that scripts are written in. Each allows what a correct backend observes unless the
// scenario says otherwise with `allowing`.
extension Step {
  /// Opens a backend.
  public static func open(
    _ name: String? = nil,
    descriptor: SuppliedDescriptor? = nil
  ) -> Step {
    Step(.open(name: name, descriptor: descriptor), allowed: [.opened])
  }

  /// Closes the backend.
  public static var close: Step { Step(.close, allowed: [.done]) }

  /// Sends a frame, split into elements of these lengths.
  public static func send(_ frame: FramePattern, elements: [Int] = []) -> Step {
    Step(.send(frame, elements: elements), allowed: [.length(frame.totalLength)])
  }

  /// Sends elements that claim these lengths.
  public static func send(claiming lengths: [UInt]) -> Step {
    Step(.sendClaiming(lengths), allowed: [.error("frameTooLong")])
  }

  /// Asks for the length of the next frame.
  public static var peek: Step { Step(.peek, allowed: [.nothing]) }

  /// Asks for the length of the next frame, which is `frame`.
  public static func peek(_ frame: FramePattern) -> Step {
    Step(.peek, allowed: [.length(frame.totalLength)])
  }

  /// Receives into elements of these lengths; nothing is waiting.
  public static func receive(into lengths: [UInt] = [65_664]) -> Step {
    Step(.receive(into: lengths), allowed: [.nothing])
  }

  /// Receives `frame` into elements of these lengths.
  public static func receive(_ frame: FramePattern, into lengths: [UInt]? = nil) -> Step {
    Step(.receive(into: lengths ?? [UInt(frame.totalLength)]), allowed: [.frame(frame)])
  }

  /// Discards the next frame; nothing is waiting.
  public static var discard: Step { Step(.discard, allowed: [.nothing]) }

  /// Discards the next frame, which is `frame`.
  public static func discard(_ frame: FramePattern) -> Step {
    Step(.discard, allowed: [.length(frame.totalLength)])
  }

  /// Enables receive.
  public static var enableReceive: Step { Step(.enableReceive, allowed: [.done]) }

  /// Disables receive.
  public static var disableReceive: Step { Step(.disableReceive, allowed: [.done]) }

  /// Asks for the features that are offered.
  public static var offeredFeatures: Step {
    Step(.offeredFeatures, allowed: [Outcome(.closedFeatures)])
  }

  /// Sets features and the header length.
  public static func setFeatures(_ features: VirtioNetFeatures, headerLength: Int) -> Step {
    Step(.setFeatures(features, headerLength: headerLength), allowed: [.done])
  }

  /// Asks for the header length, which is `length`.
  public static func headerLength(_ length: Int) -> Step {
    Step(.headerLength, allowed: [Outcome(.headerLength(length))])
  }

  /// Turns the loop, and sees that many callbacks.
  public static func runLoop(turns: Int = 1, callbacks: Int) -> Step {
    Step(.runLoop(turns: turns), allowed: [.callbacks(callbacks)])
  }

  /// Turns the loop until that many callbacks have begun.
  public static func awaitCallbacks(_ count: Int = 1) -> Step {
    Step(.awaitCallbacks(count), allowed: [.callbacks(count...Int.max)])
  }

  /// Says what each callback does from now on.
  public static func whenCalledBack(@StepBuilder _ steps: () -> [Step]) -> Step {
    Step(.whenCalledBack(steps()), allowed: [.done])
  }

  /// Stays in the callback for a moment.
  public static var linger: Step { Step(.linger, allowed: [.done]) }

  /// Puts frames on the link.
  public static func inject(_ frames: FramePattern...) -> Step {
    Step(.inject(frames), allowed: [.done])
  }

  /// Puts a frame on the link with an offload header.
  public static func inject(_ frame: FramePattern, offload header: VirtioNetHeader) -> Step {
    Step(.injectOffloaded(frame, header: header), allowed: [.done])
  }

  /// Takes what the backend has sent, which is exactly `frames`.
  public static func collect(_ frames: FramePattern...) -> Step {
    Step(.collect(count: frames.reduce(0) { $0 + $1.count }), allowed: [Outcome(.frames(frames))])
  }

  /// Changes the link.
  public static func link(_ state: LinkState) -> Step { Step(.link(state), allowed: [.done]) }

  /// Makes coming system calls go wrong.
  public static func fault(
    _ call: String?,
    after: Int = 0,
    times: Int = 1,
    _ effect: SystemCallFault.Effect
  ) -> Step {
    Step(.fault(SystemCallFault(call, after: after, times: times, effect)), allowed: [.done])
  }

  /// Takes the record of these system calls, and leaves what it holds open.
  public static func calls(_ names: String...) -> Step {
    Step(.calls(names), allowed: [.anything])
  }

  /// Moves the virtual clock forward by so many nanoseconds.
  public static func advanceClock(_ nanoseconds: UInt64) -> Step {
    Step(.advanceClock(nanoseconds), allowed: [.done])
  }

  /// Inspects the ledger: all has been given back.
  public static var ledger: Step { Step(.ledger, allowed: [.balanced]) }

  /// Sets the thread's `errno`.
  public static func setErrno(_ errno: Int32) -> Step { Step(.setErrno(errno), allowed: [.done]) }

  /// Reads the sum of the drop counters.
  public static func drops(_ range: ClosedRange<UInt64>) -> Step {
    Step(.drops, allowed: [Outcome(.drops(range))])
  }

  /// Selects among prefixes by name.
  public static func select(_ name: String, among prefixes: [String]) -> Step {
    Step(.select(name: name, prefixes: prefixes), allowed: [.opened])
  }

  /// Brings the device into a state.
  public static func prepare(_ state: DeviceState) -> Step {
    Step(.prepare(state), allowed: [.done])
  }

  /// Plays lanes at the same time.
  public static func together(_ lanes: [Step]...) -> Step {
    Step(.together(lanes), allowed: [.done])
  }

  /// Plays steps several times.
  public static func repeated(_ times: Int, @StepBuilder _ steps: () -> [Step]) -> Step {
    Step(.repeated(times, steps()), allowed: [.done])
  }
}

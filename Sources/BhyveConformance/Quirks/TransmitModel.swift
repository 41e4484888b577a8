internal import BackendConformance

/// What becomes of a ring that the seed sends from: as much of it as scripts ask about.
///
/// It is worked out from the script alone, step by step, and knows neither the port nor the simulator.
struct TransmitModel {
  /// The slots of a frame from which on a switch drops it.
  private static let longestOnSwitch = 256

  private let slots: Int
  private let bufferSize: Int
  private let isSwitch: Bool
  private(set) var head = 0
  private(set) var tail: Int
  /// The slots that the device takes at a sync; `nil` for all.
  private var limit: Int?
  /// The frames that were published and not taken, with their number of slots.
  private var pending: [(frame: FramePattern, slots: Int)] = []
  /// The frames that the device took and nobody collected.
  private(set) var taken: [FramePattern] = []
  /// The other end, if the device is a pipe.
  private var pipe: PipeEnd?
  /// The syncs that still fail, or do nothing.
  private var failingSyncs = 0
  /// The slots that were written since somebody last looked.
  private(set) var written: Set<Int> = []
  /// What the last send returned.
  private(set) var sent = 0

  init(_ options: BenchOptions, isSwitch: Bool, isPipe: Bool = false) {
    slots = options.options["slots"] ?? 1024
    bufferSize = options.options["bufferSize"] ?? 2048
    self.isSwitch = isSwitch
    pipe = isPipe ? PipeEnd() : nil
    tail = slots - 1
  }

  /// The frame that the other end of the pipe finds first.
  var arrived: FramePattern? { pipe?.arrived.first?.frame }

  /// Does what a step does.
  mutating func play(_ action: Action, round: Int) {
    switch action {
    case .send(let frame, let elements): send(frame.singles(round: round)[0], elements)
    case .collect: taken = []
    case .receive, .discard: pipe?.receive()
    case .fault(let fault) where fault.call == "NIOCTXSYNC": failingSyncs = fault.times
    case .ring(.place(.transmit, let head, let tail)): (self.head, self.tail) = (head, tail)
    case .ring(.limit(let count)): limit = count
    case .ring(.changes(.transmit)): written = []
    default: break
    }
  }

  private mutating func send(_ frame: FramePattern, _ elements: [Int]) {
    let used = write(elements.isEmpty ? [frame.totalLength] : elements)
    if let used {
      head = (head + used) % slots
      pending.append((frame, used))
    }
    sync()
  }

  /// Writes elements into slots.
  ///
  /// - Returns: The number of slots; `nil` if they ran out.
  private mutating func write(_ elements: [Int]) -> Int? {
    let free = (tail - head + slots) % slots
    sent = 0
    guard free > 0 else { return nil }
    var (used, room) = (1, bufferSize)
    written.insert(head)
    for element in elements {
      sent += element
      var left = element
      while true {
        let count = min(left, room)
        (left, room) = (left - count, room - count)
        if left == 0 { break }
        guard used < free else { return nil }
        written.insert((head + used) % slots)
        (used, room) = (used + 1, bufferSize)
      }
    }
    return used
  }

  /// Has the device take what it will, and free the slots of what it took.
  private mutating func sync() {
    guard failingSyncs == 0 else {
      failingSyncs -= 1
      return
    }
    if pipe != nil { return syncPipe() }
    let busy = (head - tail - 1 + slots) % slots
    var left = isSwitch ? busy : min(busy, limit ?? busy)
    tail = (tail + left) % slots
    while let next = pending.first, next.slots <= left {
      left -= next.slots
      if !isSwitch || next.slots < Self.longestOnSwitch { taken.append(next.frame) }
      pending.removeFirst()
    }
  }

  /// Has the pipe free what the other end has given back, and hand over what was published.
  private mutating func syncPipe() {
    guard let freed = pipe?.freed else { return }
    tail = (freed + slots - 1) % slots
    pipe?.poll(arriving: pending)
    pending = []
  }
}

/// The end of a pipe that frames are received from.
private struct PipeEnd {
  /// The frames that may be received, with their number of slots.
  var arrived: [(frame: FramePattern, slots: Int)] = []
  /// The slots of all frames received.
  var received = 0
  /// Those of them that were given back.
  var freed = 0

  /// Gives back what was received, and sees what is new.
  mutating func poll(arriving frames: [(frame: FramePattern, slots: Int)]) {
    freed = received
    arrived += frames
  }

  mutating func receive() {
    guard !arrived.isEmpty else { return }
    received += arrived.removeFirst().slots
  }
}

extension Quirk.Place {
  /// The ring as it is before the step, in the round that it is played in.
  private var ringBefore: TransmitModel {
    var model = TransmitModel(script.bench, isSwitch: isSwitchPort, isPipe: isPipe)
    var index = 0
    _ = play(script.steps, &index, 0, &model)
    return model
  }

  /// Plays steps; `true` as soon as this place is reached.
  private func play(
    _ list: [Step],
    _ index: inout Int,
    _ round: Int,
    _ model: inout TransmitModel
  ) -> Bool {
    for step in list {
      if index == position && round == self.round { return true }
      let start = index + 1
      index = start
      if case .repeated(let times, let nested) = step.action {
        for next in 0..<times {
          index = start
          if play(nested, &index, next, &model) { return true }
        }
      } else {
        model.play(step.action, round: round)
        index = start - 1 + step.flattenedCount
      }
    }
    return false
  }

  /// Whether the script sends through a pipe.
  private var isPipe: Bool {
    steps.contains {
      if case .open(let name?, _) = $0.action { name.contains("{") } else { false }
    }
  }

  /// What the seed's ring has to say of the step; `nil` if the script allows that.
  var ringOutcome: [Outcome]? {
    guard !steps.contains(where: \.isRace) else {
      // Whether there is room is decided by two threads.
      if case .send(let frame, _) = action { return [Outcome(.lengthIn(0...frame.totalLength))] }
      return nil
    }
    var ring = ringBefore
    switch action {
    case .send:
      ring.play(action, round: round)
      let outcome = Outcome.length(ring.sent)
      return step.allowed.contains { $0.expectation == outcome.expectation } ? nil : [outcome]
    case .peek, .receive:
      guard isPipe else { return nil }
      guard let frame = ring.arrived else { return [.nothing] }
      return action == .peek ? [.length(frame.totalLength)] : [.frame(frame.earlier(round))]
    case .collect:
      // The round is added to the seed of an expected frame.
      let taken = ring.taken.map { $0.earlier(round) }
      return step.allowed.contains { $0.expectation.names(taken) } ? nil : [Outcome(.frames(taken))]
    case .ring(.indices(.transmit)):
      let (head, tail) = (ring.head, ring.tail)
      guard !step.allowed.contains(where: { $0.expectation.allows(head, tail) }) else { return nil }
      return [Outcome(.ring(.indices(head: head, current: head, tail: tail)))]
    case .ring(.changes(.transmit)) where !ring.written.isEmpty && step.allowed != [.anything]:
      let hasMoved = step.allowed.contains(Outcome(.ring(.changed([], indices: false))))
      let indices = hasMoved && ring.head != 0
      return [Outcome(.ring(.changed(ring.written.sorted(), indices: indices)))]
    default: return nil
    }
  }
}

extension FramePattern {
  /// The frame whose seed is that many less.
  fileprivate func earlier(_ rounds: Int) -> FramePattern {
    var frame = self
    frame.seed -= rounds
    return frame
  }
}

extension Step {
  /// Whether threads run against each other in the step.
  fileprivate var isRace: Bool { if case .together = action { true } else { false } }

  /// The number of steps in this one, itself included.
  fileprivate var flattenedCount: Int {
    Script(name: "", steps: [self]).allSteps.count
  }
}

extension BackendConformance.Expectation {
  /// Whether these frames are the ones expected.
  fileprivate func names(_ frames: [FramePattern]) -> Bool {
    guard case .frames(let runs) = self else { return false }
    return runs.flatMap { $0.singles() } == frames
  }

  /// Whether head and current at one position, and tail at another, are expected.
  fileprivate func allows(_ position: Int, _ tail: Int) -> Bool {
    guard case .ring(.indices(let head, let current, let last)) = self else { return false }
    return (head ?? position) == position && (current ?? position) == position
      && (last ?? tail) == tail
  }
}

internal import BackendConformance
internal import Glibc

/// What the seed makes of rings that hold what a guest's frames do not.
enum NetmapRingQuirks {
  static let all = [
    discardTooSmall, firstRingAlone, partialPeek, zeroSlot, overreads, trustsBuffer, trustsRing,
  ]

  static let discardTooSmall = Quirk(
    "Q-DISCARD64K",
    "frames are discarded into 65600 bytes: a longer one is never got rid of, and all that comes "
      + "later is stuck behind it",
    sources: [Source.seed(866...881)],
    families: ["netmap"],
    rules: [
      .init("ring-receive/any-chain-is-discarded") { place in
        guard let frame = place.published.first, frame.totalLength > 65_600 else { return nil }
        switch place.action {
        case .discard, .receive: return [.failure("system", ENOSPC)]
        case .ring(.indices): return [Outcome(.ring(.indices(head: 0, current: 0, tail: nil)))]
        default: return nil
        }
      }
    ]
  )

  static let firstRingAlone = Quirk(
    "Q-RING0",
    "every ring of the port is opened and only the first is looked at: what arrives on another lies "
      + "there, and brings a callback in each turn of the loop",
    sources: [Source.seed(491...493)],
    families: ["netmap"],
    rules: [
      .init("ring-receive/every-ring-is-served") { place in
        let isRepeated = place.before.repetitions != nil
        guard isRepeated || place.publishedRing != 0 else { return nil }
        switch place.action {
        case .receive, .peek, .discard:
          // Of the frames that are published together the first call gets the one on the first ring.
          let isFirst = isRepeated && place.before.last?.action.isReading == false
          return isFirst ? nil : [.nothing]
        case .ring(.indices): return [Outcome(.ring(.indices(head: 0, current: 0, tail: nil)))]
        case .runLoop(let turns): return [.callbacks(turns)]
        default: return nil
        }
      }
    ]
  )

  static let partialPeek = Quirk(
    "Q-PARTIAL-PEEK",
    "of a chain whose end has not come, peeking tells the length of what there is; receiving copies "
      + "that, says that nothing is waiting, and leaves it. A frontend that goes on as long as "
      + "something is waiting never ends, and the loop turns at full load",
    sources: [Source.seed(601...619), Source.seed(639...645)],
    families: ["netmap"],
    rules: [
      .init("ring-receive/unfinished-chain-is-no-frame") { place in
        // Until the rest has come.
        guard place.publishedSlots.last?.flags == 0x20 else {
          return nil
        }
        return place.unfinished(place.publishedSlots.reduce(0) { $0 + ($1.length ?? 0) })
      },
      .init("ring-receive/unfinished-chain-does-not-spin") { place in
        if case .runLoop(let turns) = place.action, turns > 1 { return [.callbacks(turns)] }
        return place.unfinished(20)
      },
      .init("ring-receive/endless-chain-does-not-wedge") { place in
        guard let chain = place.published.last else { return nil }
        guard place.injected.isEmpty else {
          // The chain is longer than the room for the frame behind it.
          return place.isReading ? [.failure("system", ENOSPC)] : nil
        }
        if case .peek = place.action { return [.length(chain.totalLength)] }
        return place.unfinished(chain.totalLength)
      },
    ]
  )

  static let zeroSlot = Quirk(
    "Q-ZERO-SLOT",
    "an empty slot is 0 to peek, which says that nothing is waiting, for ever; receive says the same, "
      + "but moves on by that one slot",
    sources: [Source.seed(601...619), Source.seed(662...685)],
    families: ["netmap"],
    rules: [
      .init("ring-receive/empty-slots-are-passed-over") { place in
        guard place.isReading else { return nil }
        return place.frameBehindEmptySlots.map { [.frame($0)] } ?? [.nothing]
      }
    ]
  )

  static let overreads = Quirk(
    "Q-SLOT-TRUSTED",
    "length and buffer of a slot are taken as they are: peeking counts a length that no buffer has, "
      + "receiving reads on into the buffers behind it, or wherever the index leads. The port stops "
      + "where the memory is not the slot's; the buffers 0 and 1, which are the kernel's, it reads. "
      + "Each field is read when it is needed, the flags only after the copy: a mark that comes meanwhile "
      + "leaves bytes in the guest's buffer that belong to no frame",
    sources: [Source.seed(609...618), Source.seed(647...655), Source.seed(680...680)],
    families: ["netmap"],
    rules: [
      .init(
        "ring-receive/overlong-slot-is-not-followed",
        "ring-receive/impossible-buffer-is-not-read"
      ) { place in
        let slots = place.firstSlots
        let length = slots.reduce(0) { $0 + ($1.length ?? 0) }
        let buffer = slots.compactMap(\.buffer).first
        switch place.action {
        case .peek: return length == 60 ? nil : [.length(length)]
        case .receive where buffer == 0 || buffer == 1:
          let isFirst = !place.before.contains { $0.action.isTaking }
          return isFirst ? [Outcome(.anyFrame(length))] : place.published.last.map { [.frame($0)] }
        case .receive: return [.stopped]
        default: return nil
        }
      },
      .init("ring-receive/fields-are-read-once") { place in
        guard case .receive = place.action, let (slot, change) = place.changedAfterRead else {
          return nil
        }
        // The index was read before the change; the length and the flags are read after it.
        if let length = change.length, length > 2048 { return [.stopped] }
        let isLast = slot == place.firstSlots.count - 1
        return change.flags == 0x20 && isLast ? [.spoiled] : nil
      },
    ]
  )

  static let trustsBuffer = Quirk(
    "Q-BUFFER-TRUSTED",
    "the buffer of a slot to send from is taken as it is: a frame of the guest is written wherever the "
      + "index leads. The port stops where that is none of the memory that is shared. And the buffer that "
      + "was written is not named again in the slot: if the index changes meanwhile, what lies in another "
      + "buffer is sent as the frame",
    sources: [
      Source.seed(540...540), Source.seed(570...571), Source.seed(582...582),
      Source.seed(589...590),
    ],
    families: ["netmap"],
    rules: [
      .init("ring-send/impossible-buffer-is-not-used") { place in
        guard let (bad, buffer) = place.badBuffer, let frame = place.steps.firstSent else {
          return nil
        }
        let count = frame.totalLength / 2048
        let isKernels = buffer < 2
        switch place.action {
        case .send(let sent, _):
          if !isKernels { return [.stopped] }
          return sent == frame ? [.length(frame.totalLength)] : nil
        case .ring(.changes) where place.allowsOnly(.ring(.changed([], indices: false))):
          // A last slot was as long as it is before, and nobody looks into the kernel's buffers.
          let written = Array(0..<(isKernels && bad < count - 1 ? count : bad))
          return [Outcome(.ring(.changed(written, indices: isKernels)))]
        case .collect where isKernels && place.allowsOnly(.frames([])): return [.frames(frame)]
        case .collect where !isKernels: return [.noFrames]
        default: return nil
        }
      },
      .init("ring-send/fields-are-read-once") { place in
        guard let (slot, _) = place.changedAfterRead, let frame = place.steps.firstSent else {
          return nil
        }
        if case .send = place.action { return [.length(frame.totalLength)] }
        guard case .collect = place.action else { return nil }
        // Nothing has been written to the other buffer. A switch drops what goes from 0 to 0.
        if slot == 0 && place.isSwitchPort { return [.noFrames] }
        var bytes = frame.contents()
        bytes.replaceSubrange(
          2048 * slot..<2048 * (slot + 1),
          with: repeatElement(0, count: 2048)
        )
        return [.frames(FramePattern(bytes: bytes))]
      },
    ]
  )

  static let trustsRing = Quirk(
    "Q-RING-TRUSTED",
    "head and tail are taken from the shared memory as they are: beyond the ring C goes on in "
      + "whatever lies there. The port stops there",
    sources: [Source.seed(535...540), Source.seed(606...611), Source.seed(635...647)],
    families: ["netmap"],
    rules: [
      .init("ring-send/impossible-index-is-named") { place in
        guard case .ring(.setIndex(_, let index, _))? = place.ringChange else { return nil }
        switch (place.action, index) {
        case (.send, .head): return [.stopped]
        case (.collect, .head): return [.noFrames]
        // A tail that is no position is none that head comes to either: there is room.
        case (.send(let frame, _), .tail): return [.length(frame.totalLength)]
        case (.collect, .tail): return [Outcome(.frames(Array(place.sent.dropFirst())))]
        default: return nil
        }
      },
      .init("ring-receive/impossible-index-is-named") { place in
        guard case .ring(.setIndex(_, let index, _))? = place.ringChange else { return nil }
        switch (place.action, index) {
        case (_, .head): return place.isReading ? [.stopped] : nil
        // A tail that is no position is none that head is at: the slot there, which is as the kernel
        // made it, is a frame.
        case (.peek, .tail), (.discard, .tail): return [.length(2048)]
        case (.receive, .tail):
          let since = place.sinceRingChange
          // Zeros, which is what a buffer holds at first.
          if since.isEmpty {
            return [.frame(FramePattern(bytes: Array(repeating: 0, count: 2048)))]
          }
          guard since.first?.action.isTaking == true else { return nil }
          // Head is one too far by now. A switch has put the next frame where head came from, and it
          // is lost; a card's ring is set back to the frame before.
          guard place.isCard else { return [.nothing] }
          let isLast = place.before.last?.action.isTaking == true
          return (isLast ? place.injected.last : place.injected.first).map { [.frame($0)] }
        default: return nil
        }
      },
    ]
  )
}

extension Quirk.Place {
  /// The frames that the device put into the ring before the step.
  fileprivate var published: [FramePattern] {
    before.compactMap { step in
      if case .ring(.publish(_, let frame, _)) = step.action { frame } else { nil }
    }
  }

  /// The slots that the device put into the ring last.
  fileprivate var publishedSlots: [SlotPattern] {
    before.compactMap { step -> [SlotPattern]? in
      if case .ring(.publish(_, _, let slots)) = step.action { slots } else { nil }
    }.last ?? []
  }

  /// The slots of the first frame that the device put into the ring.
  fileprivate var firstSlots: [SlotPattern] {
    before.compactMap { step -> [SlotPattern]? in
      if case .ring(.publish(_, _, let slots)) = step.action { slots } else { nil }
    }.first ?? []
  }

  /// The number of the ring that the device put a frame into last.
  fileprivate var publishedRing: Int? {
    before.compactMap { step -> Int? in
      if case .ring(.publish(let ring, _, _)) = step.action { ring.number } else { nil }
    }.last
  }

  /// The slot that was given a buffer first, and which.
  fileprivate var badBuffer: (slot: Int, buffer: Int)? {
    steps.lazy.compactMap { step -> (Int, Int)? in
      guard case .ring(.setSlot(_, let position, let slot)) = step.action, let buffer = slot.buffer
      else { return nil }
      return (position, buffer)
    }.first
  }

  /// The slot that changes once it was read, and how.
  fileprivate var changedAfterRead: (slot: Int, change: SlotPattern)? {
    before.lazy.compactMap { step -> (Int, SlotPattern)? in
      guard case .ring(.changeAfterRead(_, let slot, let change)) = step.action else { return nil }
      return (slot, change)
    }.first
  }

  /// The last change of a ring from outside.
  fileprivate var ringChange: Action? {
    before.last {
      if case .ring(.setIndex) = $0.action { true } else { false }
    }?.action
  }

  /// The steps since the last change of a ring from outside.
  fileprivate var sinceRingChange: ArraySlice<Step> {
    let isChange = { (step: Step) in if case .ring(.setIndex) = step.action { true } else { false }
    }
    return before.lastIndex(where: isChange).map { before[($0 + 1)...] } ?? []
  }

  /// What is seen of a chain of which only so many bytes have come.
  fileprivate func unfinished(_ length: Int) -> [Outcome]? {
    guard allowsOnly(.nothing) else { return nil }
    switch action {
    case .peek: return [.length(length)]
    case .receive: return [.spoiled]
    default: return nil
    }
  }

  /// The frame that a reading step finds, if empty slots in front of it have been received.
  fileprivate var frameBehindEmptySlots: FramePattern? {
    var queue: [FramePattern?] = []
    func play(_ list: some Collection<Step>, _ round: Int, _ index: inout Int) -> Bool {
      for step in list {
        if index == position && round == self.round { return true }
        index += 1
        let start = index
        switch step.action {
        case .ring(.publish(_, let frame, let slots)):
          queue += slots.map { $0.length == 0 ? nil : frame }
        case .receive, .discard: if !queue.isEmpty { queue.removeFirst() }
        case .repeated(let times, let nested):
          for next in 0..<times {
            index = start
            if play(nested, next, &index) { return true }
          }
        default: break
        }
      }
      return false
    }
    var index = 0
    _ = play(script.steps, 0, &index)
    return queue.first ?? nil
  }
}

extension Action {
  /// Whether it moves head on.
  fileprivate var isTaking: Bool {
    switch self {
    case .receive, .discard: true
    default: false
    }
  }
}

/// Benches with rings of slots, and what scripts for them have in common.
enum RingBench {
  static let families = ["netmap"]

  /// A card or a pipe, which take slots when they can; a switch takes all of them at once.
  static let slow = ["card"]

  /// Numbers of slots: the least, some that are no power of two, and the usual one.
  static let sizes = [2, 3, 5, 7, 8, 1000, 1024]

  /// Lengths of buffers in bytes.
  static let bufferSizes = [64, 512, 2048, 4096]

  /// The first position of a frame: every one of a short ring, those around the end of a long one.
  static func positions(of size: Int) -> [Int] {
    size <= 8 ? Array(0..<size) : [0, size - 3, size - 2, size - 1]
  }

  /// A bench whose rings are like this.
  static func with(
    slots: Int? = nil,
    bufferSize: Int? = nil,
    rings: Int? = nil,
    pipe: Bool = false,
    _ fields: [String: Int] = [:]
  ) -> BenchOptions {
    var options = fields
    options["slots"] = slots
    options["bufferSize"] = bufferSize
    options["rings"] = rings
    if pipe { options["pipe"] = 1 }
    return BenchOptions(families: families, options: options)
  }
}

extension BenchOptions {
  /// The same bench, of a device that can be made to leave slots in the ring.
  var slow: BenchOptions { BenchOptions(families: RingBench.slow, options: options) }
}

extension SlotPattern {
  /// The slots of a frame of that length, all of them full but the last one.
  static func packed(_ length: Int, bufferSize: Int) -> [SlotPattern] {
    let count = max(1, (length + bufferSize - 1) / bufferSize)
    return (1...count).map { number in
      number < count ? .more(bufferSize) : .last(length - (count - 1) * bufferSize)
    }
  }
}

extension Step {
  /// Makes a ring to send from empty, with its first free slot at a position.
  static func emptyTransmit(at position: Int, of size: Int) -> Step {
    .place(.transmit, head: position, tail: (position + size - 1) % size)
  }

  /// Makes a ring to receive from empty, with its next slot at a position.
  static func emptyReceive(at position: Int) -> Step {
    .place(.receive, head: position, tail: position)
  }

  /// Has the device take nothing from the ring, and fills all slots but `free` of an empty one with
  /// frames of one slot, whose seeds count up from 100.
  static func fill(_ size: Int, free: Int = 0) -> [Step] {
    [.limitTransmit(0)] + filling(size, free: free).map { .send($0) }
  }

  /// The frames of ``fill(_:free:)``.
  static func filling(_ size: Int, free: Int = 0) -> [FramePattern] {
    (0..<max(0, size - 1 - free)).map { FramePattern(60, seed: 100 + $0) }
  }

  /// Takes what the backend has sent, which is exactly `frames`.
  static func collect(_ frames: [FramePattern]) -> Step {
    Step(.collect(count: frames.count), allowed: [Outcome(.frames(frames))])
  }

  /// Sends a frame, again if the first time only freed slots, and takes what was sent: those that
  /// waited, and then this one as often as it was sent.
  static func sendOnceThereIsRoom(_ frame: FramePattern, after waiting: [FramePattern]) -> [Step] {
    [
      .send(frame).allowing(.length(frame.totalLength), .nothing), .send(frame),
      Step(
        .collect(count: waiting.count + 1),
        allowed: (1...3).map { sent in
          Outcome(.frames(waiting + Array(repeating: frame, count: sent)))
        }
      ),
    ]
  }

  /// Takes the record of the calls of a name, of which there are so many.
  static func calls(_ name: String, _ count: ClosedRange<Int>) -> Step {
    Step.calls(name).allowing(Outcome(.callCount(count)))
  }
}

internal import NetBackend

/// Several threads and several backends at the same time.
enum Concurrency {
  static let all = [
    sendAndReceiveTogether, instancesShareNothing, togglingWhileReceiving,
    sameDirectionIsSerialised,
  ]

  static let sendAndReceiveTogether = Requirement(
    "concurrency/send-and-receive-together",
    .must,
    "one thread may send while another peeks, receives and discards; no frame is lost, doubled or "
      + "mixed",
    because:
      "virtio-net sends on a thread of its own while the event thread receives; a buffer or a "
      + "length that both use mixes two guests' frames once in a million",
    sources: ["bhyve pci_virtio_net: the tx thread and the event thread", "openvmm documentation"],
    hint: "one scratch buffer, or one list of elements, for both directions"
  ) {
    for length in [60, 1514, 9014] {
      Script("150 frames of \(length) bytes each way") {
        Step.open()
        Step.together(
          [.repeated(150) { Step.send(FramePattern(length), elements: [14, length - 14]) }],
          receiving(length, rounds: 100)
        )
        Step.collect(FramePattern(length, count: 150))
        Step.peek
      }
    }
  }

  /// Three frames a round: one received, one peeked and received, one peeked and discarded.
  private static func receiving(_ length: Int, rounds: Int) -> [Step] {
    let frame = FramePattern(length, seed: 5000)
    return [
      .repeated(rounds) {
        Step.inject(frame)
        Step.receive(frame)
        Step.inject(frame)
        Step.peek(frame)
        Step.receive(frame)
        Step.inject(frame)
        Step.peek(frame)
        Step.discard(frame)
      }
    ]
  }

  static let instancesShareNothing = Requirement(
    "concurrency/instances-share-nothing",
    .must,
    "two backends used at the same time, or in turn, do not see each other's frames",
    because:
      "a static buffer for peeked or discarded frames is one buffer for all guests of a host: "
      + "one sees what another received",
    sources: [Source.seed(874...880), Source.seed(776...781)],
    hint: "static storage in a function, or a template copied by reference"
  ) {
    for length in [60, 1514, 9014] {
      let (a, b) = (FramePattern(length, seed: 1), FramePattern(length, seed: 2))
      Script("\(length) bytes, both peeked, then both received") {
        Step.open()
        Step.open().on(1)
        Step.inject(a)
        Step.inject(b).on(1)
        Step.peek(a)
        Step.peek(b).on(1)
        Step.receive(a)
        Step.receive(b).on(1)
        Step.peek
        Step.peek.on(1)
      }
      Script("\(length) bytes, both sent") {
        Step.open()
        Step.open().on(1)
        Step.send(a)
        Step.send(b).on(1)
        Step.collect(a)
        Step.collect(b).on(1)
      }
      Script("\(length) bytes, two threads") {
        Step.open()
        Step.open().on(1)
        Step.together(
          receiving(length, rounds: 100) + sending(length),
          (receiving(length, rounds: 100) + sending(length)).map { $0.on(second: 1) }
        )
        Step.collect(FramePattern(length, count: 100))
        Step.collect(FramePattern(length, count: 100)).on(1)
      }
    }
  }

  private static func sending(_ length: Int) -> [Step] {
    [.repeated(100) { Step.send(FramePattern(length)) }]
  }

  static let togglingWhileReceiving = Requirement(
    "concurrency/toggling-while-receiving",
    .must,
    "while the loop turns and frames are taken in callbacks, another thread may enable and disable; "
      + "in the end every frame has been announced and received",
    because: "a reset of the guest comes on another thread at any time; a wake-up lost there is a "
      + "network that is dead until the next reset",
    sources: ["FreeBSD PR 241808, D22286", "propolis commit c29c9bb8"],
    hint: "the state of the registration looked at and changed in two steps"
  ) {
    Script("1000 times on one thread, then enabled") {
      Step.open()
      Step.repeated(1000) {
        Step.enableReceive
        Step.disableReceive
      }
      Step.inject(FramePattern(60))
      Step.enableReceive
      Step.awaitCallbacks()
    }
    for count in [20, 200] {
      Script("\(count) frames") {
        Step.open()
        Step.whenCalledBack { Step.discard.allowing(.length(60)) }
        Step.inject(FramePattern(60, count: count))
        Step.together(
          [
            .repeated(200) {
              Step.enableReceive
              Step.disableReceive
            },
            .enableReceive,
          ],
          [Step.awaitCallbacks(count)]
        )
        Step.runLoop(turns: 2, callbacks: 0)
        Step.peek
      }
    }
  }

  static let sameDirectionIsSerialised = Requirement(
    "concurrency/same-direction-is-serialised-by-the-caller",
    .must,
    "two threads that send, or two that receive, at the same time are kept apart by the caller",
    because: "a lock in each backend for what each frontend has already costs every frame",
    sources: ["slirp backend: a mutex", Source.seed(127...128)],
    untestable: "this is a duty of the caller, which the contract names; no backend can break it"
  )
}

extension Step {
  /// The same step, and all it contains, done by the backend of that number.
  fileprivate func on(second number: Int) -> Step {
    var step = on(number)
    if case .repeated(let times, let steps) = action {
      step.action = .repeated(times, steps.map { $0.on(second: number) })
    }
    return step
  }
}

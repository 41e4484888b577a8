internal import NetBackend

/// What must not happen although nothing but time passes.
enum Time {
  static let all = [callsNobodyBack, keepsThePeekedFrame, sendsNothing, endsWithClose]

  private static let frame = FramePattern(60)

  /// Nanoseconds that pass, from less than any timer waits to more than any.
  private static let spans: [(String, UInt64)] = [
    ("a microsecond", 1000), ("a second", 1_000_000_000), ("a day", 86_400_000_000_000),
  ]

  static let callsNobodyBack = Requirement(
    "time/calls-nobody-back",
    .must,
    "time that passes is no reason for a callback: without a frame none comes, and with receive "
      + "disabled none comes for a frame either",
    because:
      "a backend that looks at the clock in place of the device wakes an idle guest for ever, and one "
      + "that falls back to the clock announces frames to a guest that is being reset",
    sources: [Source.seed(122...129), Source.seed(331...337), "bhyve mevent.c: EVF_TIMER"],
    hint: "a timer, set in case an event was missed, that nobody stops"
  ) {
    for (name, span) in spans {
      Script("\(name), nothing waiting") {
        Step.open()
        Step.enableReceive
        Step.advanceClock(span)
        Step.runLoop(turns: 2, callbacks: 0)
      }
      Script("\(name), the last frame received") {
        Step.open()
        Step.enableReceive
        Step.inject(frame)
        Step.awaitCallbacks()
        Step.receive(frame)
        Step.advanceClock(span)
        Step.runLoop(turns: 2, callbacks: 0)
      }
      Script("\(name), disabled with a frame waiting") {
        Step.open()
        Step.enableReceive
        Step.disableReceive
        Step.inject(frame)
        Step.advanceClock(span)
        Step.runLoop(turns: 2, callbacks: 0)
        Step.receive(frame)
      }
    }
  }

  static let keepsThePeekedFrame = Requirement(
    "time/keeps-the-peeked-frame",
    .must,
    "a frame that was peeked is kept however long the frontend takes to receive it",
    because:
      "a guest that is paused, moved to another host or stopped in a debugger has its buffers ready "
      + "when it comes back; what it was told is waiting must be there",
    sources: [Source.seed(105...110), Source.seed(264...292)],
    hint: "a queue that drops what has become old, with the peeked frame in it"
  ) {
    for (name, span) in spans {
      for isEnabled in [false, true] {
        Script("\(name), receive \(isEnabled ? "enabled" : "disabled")") {
          Step.open()
          if isEnabled { Step.enableReceive }
          Step.inject(frame, FramePattern(1514))
          Step.peek(frame)
          Step.advanceClock(span)
          Step.peek(frame)
          Step.receive(frame)
          Step.receive(FramePattern(1514))
        }
      }
    }
  }

  static let sendsNothing = Requirement(
    "time/sends-nothing",
    .must,
    "a frame that was refused or found no room stays with the caller: it does not leave later by "
      + "itself",
    because:
      "the frontend was told that the frame was not taken and sends it again, or gives its buffer to "
      + "the guest; a backend that tries again on its own sends it twice, or sends what is in the "
      + "buffer by then",
    sources: ["QEMU net/queue.c", "Linux xen-netback: the rate credit's timer"],
    hint: "a list of frames to try again, worked off by a timer"
  ) {
    for errno in [ErrorNumber.again, ErrorNumber.noBuffers, ErrorNumber.io] {
      for (name, span) in spans {
        Script("errno \(errno), \(name)", bench: BenchOptions(families: ["tap"])) {
          Step.open()
          Step.fault("writev", .fails(errno))
          Step.send(frame).allowing(.nothing, .anyError)
          Step.advanceClock(span)
          Step.runLoop(callbacks: 0)
          Step.collect()
          Step.send(FramePattern(60, seed: 9))
          Step.collect(FramePattern(60, seed: 9))
        }
      }
    }
  }

  static let endsWithClose = Requirement(
    "time/ends-with-close",
    .must,
    "once a backend is closed, nothing that it was waiting for calls back",
    because:
      "a timer that outlives its backend calls into a device that has been freed, long after whoever "
      + "looks for the cause has stopped watching",
    sources: [Source.seed(186...198), "bhyve mevent.c: mevent_delete"],
    hint: "the timer not cancelled in close, or set again by the handler that close waits for"
  ) {
    for (name, span) in spans {
      Script("\(name) after closing") {
        Step.open()
        Step.enableReceive
        Step.inject(frame)
        Step.peek(frame)
        Step.close
        Step.advanceClock(span)
        Step.runLoop(turns: 2, callbacks: 0)
      }
    }
  }
}

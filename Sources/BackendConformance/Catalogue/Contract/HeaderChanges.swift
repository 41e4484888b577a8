internal import NetBackend

/// What happens when the length of the vnet header changes.
enum HeaderChanges {
  static let all = [changesTakeEffectAtOnce, heldFrameIsNotMisread, waitingFramesAreNotMisread]

  static let changesTakeEffectAtOnce = Requirement(
    "header/changes-take-effect-at-once",
    .must,
    "a new header length holds from the next frame on",
    because: "the first frames after a driver's reset are its address requests; losing them costs "
      + "seconds",
    sources: [
      Source.seed(813...833), "netmap ctrl-api-test, vale_ephemeral_port_hdr_manipulation",
    ],
    hint: "a length kept in two places, of which one is updated later"
  ) {
    for lengths in [
      [12, 0, 10, 12], [10, 0, 12, 10], [12, 10, 12, 10], [10, 12, 0, 0, 12], [12, 12, 0, 12],
    ] {
      Script(lengths.map(String.init).joined(separator: ", ")) {
        Step.open()
        Step.traffic(seed: 1)
        for (index, length) in lengths.enumerated() {
          Step.useHeader(length)
          Step.headerLength(length)
          Step.traffic(seed: 10 * (index + 1), header: length)
        }
      }
    }
  }

  /// What may become of a frame that was read under one header and is asked for under another.
  private static func held(_ frame: FramePattern, _ old: Int, _ new: Int) -> [Outcome] {
    frame.forms(header: new).map { Outcome(.frame($0), label: "delivered") }
      + frame.forms(header: old).map { Outcome(.frame($0), label: "delivered") }
      + [.nothing.labelled("dropped")]
  }

  static let heldFrameIsNotMisread = Requirement(
    "header/held-frame-is-not-misread",
    .must,
    "a frame that was peeked before the header changed is delivered whole once, or dropped and "
      + "counted",
    because:
      "a header of one form is read as the other, and two bytes of it become the beginning of "
      + "the frame",
    sources: ["The contract, rule 4", "Firecracker PR 4826"],
    hint: "a bounce buffer that does not know under which header it was filled"
  ) {
    for (old, new) in [(0, 10), (0, 12), (10, 12), (12, 10), (12, 0), (10, 0)] {
      let frame = FramePattern(60, seed: 30)
      Script("\(old) to \(new)") {
        Step.open()
        Step.useHeader(old)
        Step.inject(frame)
        Step.peek(frame.behindHeader(old))
        Step.setFeatures([], headerLength: new).orUnsupported
        Step.receive().allowing(any: held(frame, old, new)).choosing("the held frame is")
        Step(
          .drops,
          allowed: [
            Outcome(.drops(0...0), label: "delivered"), Outcome(.drops(1...1), label: "dropped"),
          ],
          choice: "the held frame is"
        )
        Step.peek
        Step.traffic(seed: 40, header: new)
      }
    }
  }

  static let waitingFramesAreNotMisread = Requirement(
    "header/waiting-frames-are-not-misread",
    .must,
    "frames that wait on the device while the header changes are delivered in the form in use; from "
      + "memory that is shared with the device, where they lie in the old form, they may be dropped "
      + "and counted instead",
    because: "frames arrive at any moment, also between two settings",
    sources: ["The contract, rules 1 and 4", Source.seed(416...436)],
    hint: "frames that are read ahead"
  ) {
    for (old, new) in [(0, 10), (0, 12), (10, 12), (12, 10), (12, 0), (10, 0)] {
      let frames = [FramePattern(60, seed: 30), FramePattern(61, seed: 31)]
      Script("\(old) to \(new)", bench: BenchOptions(families: ["tap"])) {
        waiting(frames, old, new)
        for frame in frames { Step.receive(frame, header: new) }
      }
      Script("\(old) to \(new), in shared memory", bench: BenchOptions(families: ["netmap"])) {
        waiting(frames, old, new)
        for frame in frames {
          Step.receive()
            .allowing(any: waiting(frame, new))
            .choosing("the waiting frames are")
        }
        Step(
          .drops,
          allowed: [
            Outcome(.drops(0...0), label: "delivered"), Outcome(.drops(2...2), label: "dropped"),
          ],
          choice: "the waiting frames are"
        )
        Step.traffic(seed: 40, header: new)
      }
    }
  }

  /// What may become of a frame that lies in memory in another form than the one in use.
  private static func waiting(_ frame: FramePattern, _ new: Int) -> [Outcome] {
    frame.forms(header: new).map { Outcome(.frame($0), label: "delivered") }
      + [.nothing.labelled("dropped")]
  }

  @StepBuilder
  private static func waiting(_ frames: [FramePattern], _ old: Int, _ new: Int) -> [Step] {
    Step.open()
    Step.useHeader(old)
    Step(.inject(frames), allowed: [.done])
    Step.setFeatures([], headerLength: new).orUnsupported
  }
}

internal import Pcap

/// The frames of a case that was played, as a capture: what each backend was given and gave, and what
/// its far side put on the link and took from it.
///
/// Of each frame the first bytes are kept, as in the event log, without a vnet header. Frames have no
/// time; they are a microsecond apart.
struct FrameCapture {
  private var capture: CommentedCapture
  private var headerLengths: [Int: Int] = [:]
  private var count: UInt64 = 0

  /// The file.
  var bytes: [UInt8] { capture.bytes }

  init(_ played: PlayedCase) {
    let steps = played.script.allSteps
    let backends = 0...(steps.map(\.backend).max() ?? 0)
    capture = CommentedCapture(
      interfaces: backends.flatMap { ["backend\($0)", "far-side\($0)"] },
      snapshotLength: FrameSummary.headLength
    )
    for record in played.records where steps.indices.contains(record.step) {
      add(record, steps[record.step])
    }
  }

  private mutating func add(_ record: StepRecord, _ step: Step) {
    let comment = "step \(record.step + 1), round \(record.round + 1): \(step)"
    func frames(_ pattern: FramePattern) -> [FrameSummary] {
      (0..<pattern.count).map { FrameSummary(pattern.contents($0 + record.round)) }
    }
    switch step.action {
    case .open: headerLengths[step.backend] = 0
    case .setFeatures(_, let length) where record.observation == .done:
      headerLengths[step.backend] = length
    case .send(let frame, _):
      let told = "\(comment): \(record.observation)"
      for sent in frames(frame) { addToBackend(sent, step.backend, told) }
    case .receive:
      for frame in record.observation.frames { addToBackend(frame, step.backend, comment) }
    case .inject(let runs):
      for frame in runs.flatMap(frames) { addToLink(frame, step.backend, comment) }
    case .injectOffloaded(let frame, _):
      for frame in frames(frame) { addToLink(frame, step.backend, comment) }
    case .collect:
      for frame in record.observation.frames { addToLink(frame, step.backend, comment) }
    default: break
    }
  }

  private mutating func addToBackend(_ frame: FrameSummary, _ backend: Int, _ comment: String) {
    let header = min(headerLengths[backend, default: 0], frame.length)
    add(frame.head.dropFirst(header), frame.length - header, interface: backend * 2, comment)
  }

  private mutating func addToLink(_ frame: FrameSummary, _ backend: Int, _ comment: String) {
    add(frame.head[...], frame.length, interface: backend * 2 + 1, comment)
  }

  private mutating func add(
    _ head: ArraySlice<UInt8>,
    _ length: Int,
    interface: Int,
    _ comment: String
  ) {
    count += 1
    capture.add(
      Array(head),
      length: length,
      interface: interface,
      microseconds: count,
      comment: comment
    )
  }
}

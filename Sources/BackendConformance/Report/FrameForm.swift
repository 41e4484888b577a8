/// A frame that a step observed, in the form of the event log.
struct FrameForm: Encodable {
  let id: String
  let `case`: String
  /// Counted from 1 over all steps as they are written.
  let step: Int
  /// Counted from 1 where the step stands in a repetition.
  let round: Int
  /// In bytes.
  let length: Int
  /// In base 16.
  let digest: String
  /// The first bytes, in base 16.
  let head: String

  init(_ script: Script, _ record: StepRecord, _ frame: FrameSummary) {
    id = script.requirement
    `case` = script.name
    step = record.step + 1
    round = record.round + 1
    length = frame.length
    digest = String(frame.digest, radix: 16)
    head = Hexadecimal.string(frame.head)
  }
}

extension Observation {
  /// The frames that were observed.
  var frames: [FrameSummary] {
    switch self {
    case .frame(let frame): [frame]
    case .frames(let frames): frames
    default: []
    }
  }
}

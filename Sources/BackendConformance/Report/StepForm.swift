/// A step that was played, in the form of the event log.
struct StepForm: Encodable {
  let id: String
  let `case`: String
  /// Counted from 1 over all steps as they are written.
  let step: Int
  /// Counted from 1 where the step stands in a repetition.
  let round: Int
  let action: String
  let observation: String
  let breaches: [String]

  init(_ script: Script, _ record: StepRecord, action: String) {
    id = script.requirement
    `case` = script.name
    step = record.step + 1
    round = record.round + 1
    self.action = action
    observation = record.observation.description
    breaches = record.breaches.map(\.description)
  }
}

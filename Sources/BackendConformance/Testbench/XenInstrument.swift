/// Plays the frontend of a netback: its rings, pages, grants, event channels and keys in the store.
public protocol XenInstrument: Sendable {
  /// Carries out an action, or answers a question.
  ///
  /// - Parameter round: The round of a repetition, which is added to the seeds of frames.
  func perform(_ action: XenAction, round: Int) throws(BenchError) -> Observation
}

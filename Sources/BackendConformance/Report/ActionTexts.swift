/// How the actions of the script that is being played are written.
///
/// A script is told of step by step, often thousands of times; it is gone through once.
struct ActionTexts {
  private var script: Script?
  private var texts: [String] = []

  /// The action of the step at `position` in the script; empty if there is none.
  mutating func text(at position: Int, of script: Script) -> String {
    if self.script != script {
      self.script = script
      texts = script.allSteps.map(\.description)
    }
    return texts.indices.contains(position) ? texts[position] : ""
  }
}

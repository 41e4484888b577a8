extension Testbench {
  /// What the bench lacks to play a script; `nil` if it lacks nothing.
  package func lacks(_ script: Script) -> String? {
    let meant = script.bench.families
    if !meant.isEmpty && families.isDisjoint(with: meant) {
      return "is for \(meant.joined(separator: ", "))"
    }
    let missing = script.instruments.subtracting(instruments).sorted()
    guard missing.isEmpty else {
      return "the bench lacks " + missing.map(\.rawValue).joined(separator: ", ")
    }
    let longest = script.longestInjection
    guard longest <= longestInjection else {
      return "the far side injects no frames of \(longest) bytes"
    }
    return nil
  }
}

extension Script {
  /// The length in bytes of the longest frame that is injected.
  var longestInjection: Int {
    allSteps.reduce(0) { longest, step in
      switch step.action {
      case .inject(let frames): max(longest, frames.map(\.totalLength).max() ?? 0)
      case .injectOffloaded(let frame, _): max(longest, frame.totalLength)
      default: longest
      }
    }
  }
}

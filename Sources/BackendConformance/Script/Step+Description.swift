extension Step: CustomStringConvertible {
  /// The action in the notation of scripts, and which backend does it if there are several.
  public var description: String {
    backend == 0 ? action.description : "\(action) on backend \(backend)"
  }

  /// What may be observed, in the notation of scripts.
  public var allowedDescription: String { allowed.alternatives }
}

extension Collection where Element == Outcome {
  /// Alternatives in the notation of scripts, joined by "or".
  public var alternatives: String { map(\.description).joined(separator: " or ") }
}

import XMLCoder

/// One scenario on one backend.
struct JUnitCase: Encodable, DynamicNodeEncoding {
  /// Why a scenario did not pass.
  struct Note: Encodable, DynamicNodeEncoding {
    let message: String
    let text: String

    private enum CodingKeys: String, CodingKey {
      case message
      case text = ""
    }

    static func nodeEncoding(for key: any CodingKey) -> XMLEncoder.NodeEncoding {
      key.stringValue == CodingKeys.message.rawValue ? .attribute : .element
    }
  }

  /// Why a scenario was not played, or was not to count.
  struct Skip: Encodable, DynamicNodeEncoding {
    let message: String

    static func nodeEncoding(for key: any CodingKey) -> XMLEncoder.NodeEncoding { .attribute }
  }

  let classname: String
  let name: String
  let time: Double
  var failure: Note?
  var error: Note?
  var skipped: Skip?

  init(_ result: ScenarioResult) {
    classname = "\(result.backend).\(result.requirement.section)".legible
    name = result.requirement.slug.legible
    time = Span.seconds(nanoseconds: result.nanoseconds)
    switch result.judgement.verdict {
    case .passed, .unexpectedPass: break
    case .failed: failure = Self.note(result)
    case .inconclusive: error = Self.note(result)
    case .unsupported, .skipped, .expectedFailure: skipped = Skip(message: Self.message(result))
    }
  }

  private static func note(_ result: ScenarioResult) -> Note {
    let details = result.detailLines.joined(separator: "\n")
    return Note(message: message(result), text: details)
  }

  private static func message(_ result: ScenarioResult) -> String {
    let verdict = result.judgement.verdict.rawValue
    let failure = result.judgement.failure.map { "allowed \($0.allowed), observed \($0.observed)" }
    let reason = result.judgement.reason.isEmpty ? failure : result.judgement.reason
    return (reason.map { "\(verdict): \($0)" } ?? verdict).legible
  }

  static func nodeEncoding(for key: any CodingKey) -> XMLEncoder.NodeEncoding {
    ["failure", "error", "skipped"].contains(key.stringValue) ? .element : .attribute
  }
}

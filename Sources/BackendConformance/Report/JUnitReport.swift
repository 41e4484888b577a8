import FoundationEssentials
import XMLCoder

/// The XML that build servers read: one test suite a section, one test case a scenario.
public struct JUnitReport: Report {
  private var sections: [String] = []
  private var cases: [String: [JUnitCase]] = [:]

  /// Creates a report.
  public init() {}

  /// Keeps the verdict.
  public mutating func receive(_ event: Event) -> String {
    guard case .verdict(let result) = event.kind else { return "" }
    let section = result.requirement.section
    if cases[section] == nil { sections.append(section) }
    cases[section, default: []].append(JUnitCase(result))
    return ""
  }

  /// The document.
  public func finish() -> String {
    let suites = sections.map { JUnitSuite(name: $0.legible, cases: cases[$0] ?? []) }
    let encoder = XMLEncoder()
    encoder.outputFormatting = .prettyPrinted
    encoder.prettyPrintIndentation = .spaces(2)
    let header = XMLHeader(version: 1.0, encoding: "UTF-8")
    // Encoding cannot fail: the document holds only texts that XML allows, and numbers.
    let document = JUnitDocument(suites: suites)
    let data = try? encoder.encode(document, withRootKey: "testsuites", header: header)
    return String(decoding: data ?? Data(), as: UTF8.self) + "\n"
  }
}

import BackendConformance
import FoundationEssentials
import Testing

@Suite("Reports in JSON and XML")
struct JSONReportTests {
  @Test("Each event is a line with schema, kind and time, and keeps its texts")
  func events() {
    let text = EventsReport.render(ReportSample.events, as: EventsReport())
    let lines = text.split(separator: "\n")
    #expect(lines.count == ReportSample.events.count)
    #expect(lines.allSatisfy { $0.contains(#""schema":1"#) && $0.contains(#""time":"#) })
    #expect(lines.first?.contains(#""kind":"run.start""#) == true)
    let end = #"{"exit":1,"kind":"run.end","schema":1,"summary":{"expectedFailure":1,"failed":1,"#
    #expect(lines.last?.hasPrefix(end) == true)
    #expect(text.contains(#""observed":"120 bytes, no error""#))
    #expect(text.contains(#""reason":"a\u0000\u001b[31m<&"#))
  }

  @Test("The document holds every result, with a summary of them")
  func document() throws {
    struct Document: Decodable {
      struct Result: Decodable { let id: String }
      let schema: Int
      let results: [Result]
      let exit: Int?
      let summary: [String: Int]
    }
    for events in [ReportSample.events, ReportSample.events.dropLast(1)] {
      let text = JSONReport.render(events, as: JSONReport())
      let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
      #expect(document.results.count == Verdict.allCases.count)
      #expect(document.summary["selected"] == Verdict.allCases.count)
      #expect(document.exit == (events.count == ReportSample.events.count ? 1 : nil))
    }
  }

  @Test("The XML has a suite a section, a case a scenario, counts that add up and legal text")
  func junit() {
    let text = JUnitReport.render(ReportSample.events, as: JUnitReport())
    #expect(text.hasPrefix(#"<?xml version="1.0" encoding="UTF-8"?>"#))
    for tag in ["<testsuite ", "<failure ", "<error "] {
      #expect(text.ranges(of: tag).count == 1, "\(tag)")
    }
    #expect(text.ranges(of: "<testcase ").count == 7)
    #expect(text.ranges(of: "<skipped ").count == 3)
    #expect(text.ranges(of: #"tests="7""#).count == 2)
    #expect(text.ranges(of: #"failures="1""#).count == 2)
    #expect(text.ranges(of: #"skipped="3""#).count == 2)
    #expect(text.contains(#"classname="mutant:tap.short.receive""#))
    #expect(text.contains(#"name="receive/failed""#))
    #expect(text.contains("observed  120 bytes, no error"))
    #expect(text.contains(#"a\u{0}\u{1B}[31m&lt;&amp;&quot;]]&gt;\u{A}"#))
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
  }

  @Test("An unknown format is refused with the known ones and a suggestion")
  func format() throws {
    let parsed = try ReportFormat.parse("junit:out/a:b.xml")
    #expect(parsed.format == .junit && parsed.path == "out/a:b.xml")
    let error = #expect(throws: UnknownReportFormat.self) { try ReportFormat.parse("jnit") }
    #expect(error?.description.hasSuffix(#"; did you mean "junit"?"#) == true)
  }
}

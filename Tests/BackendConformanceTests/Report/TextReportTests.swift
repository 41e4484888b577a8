import BackendConformance
import Testing

@Suite("The text report")
struct TextReportTests {
  @Test("A failure is a block of what is required, allowed and observed")
  func failure() {
    let text = TextReport.render(ReportSample.events, as: TextReport())
    let block = """
      FAIL   receive/failed   MUST   0.2 ms   mutant:tap.short
               requires  a frame that does not fit the buffers is never passed off as a whole
               source    net_backends.c 306-312, 669-672
               case      1514 bytes
               step 3    receive(into: [60, 60])
               allowed   error noSpace(required: 1514)
               observed  120 bytes, no error
               evidence  .conformance/1/
               again     conformance replay .conformance/1/

      """
    #expect(text.hasPrefix(block))
    #expect(!text.contains("PASS   receive/passed"))
  }

  @Test("The last two lines sum up")
  func summary() {
    let text = TextReport.render(ReportSample.events, as: TextReport())
    let lines = """

      selected 7 = 1 passed + 1 failed + 1 inconclusive + 1 expected failures + 1 unexpected passes \
      + 1 unsupported + 1 skipped
      MUST 2/5   SHOULD 0/0   MAY 0/0     profile strict     seed 0x5eed41f2     2.2 s

      """
    #expect(text.hasSuffix(lines))
  }

  @Test("A verbose report tells of every scenario, and of hostile texts without obeying them")
  func verbose() {
    let text = TextReport.render(ReportSample.events, as: TextReport(verbose: true))
    #expect(text.contains("PASS   receive/passed"))
    #expect(text.contains(#"reason    a\u{0}\u{1B}[31m<&"]]>\u{A}\u{FFFE}é"#))
    #expect(!text.contains("\u{1B}"))
  }

  @Test("Colour is there if the caller asks for it")
  func color() {
    let text = TextReport.render(ReportSample.events, as: TextReport(color: true))
    #expect(text.hasPrefix("\u{1B}[31mFAIL   \u{1B}[0mreceive/failed"))
  }

  @Test("A run that does not end is summed up all the same")
  func interrupted() {
    let text = TextReport.render(ReportSample.events.dropLast(2), as: TextReport())
    #expect(text.contains("selected 6 = 1 passed"))
  }

  @Test("A scenario without a verdict, or a summary of something else, does not add up")
  func tally() {
    func tally(_ events: [Event]) -> Bool {
      var tally = Tally()
      for event in events { tally.receive(event) }
      return tally.addsUp
    }
    let events = ReportSample.events
    #expect(tally(events))
    #expect(!tally(events.filter { if case .scenarioStart = $0.kind { false } else { true } }))
    #expect(!tally(Array(events.prefix(2))))
    #expect(!tally(events + [Event(time: 0, kind: .runEnd(exit: 0, summary: Summary()))]))
  }
}

import BackendConformance
import NetBackend

/// Makes scripts of every action and every expectation, the same ones for the same seed.
struct ScriptGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func script() -> Script {
    Script(
      requirement: Bool.random(using: &self) ? "" : text(),
      name: text(),
      bench: BenchOptions(families: list { $0.text() }, options: [text(): integer(), "slots": 8]),
      profile: optional { $0.text() },
      steps: list { $0.step(depth: 2) }
    )
  }

  mutating func step(depth: Int) -> Step {
    var step = Step(
      action(depth: depth),
      backend: Int.random(in: 0...3, using: &self),
      allowed: list(1...3) { $0.outcome() },
      choice: optional { $0.text() }
    )
    step.isPrecondition = Bool.random(using: &self)
    return step
  }

  mutating func action(depth: Int) -> Action {
    switch Int.random(in: 0...(depth > 0 ? 31 : 28), using: &self) {
    case 0: .open(name: optional { $0.text() }, descriptor: optional { $0.any() })
    case 1: .close
    case 2: .send(frame(), elements: list { $0.size() })
    case 3: .sendClaiming(list { UInt($0.next()) })
    case 4: .peek
    case 5: .receive(into: list { UInt($0.size()) })
    case 6: .discard
    case 7: .enableReceive
    case 8: .disableReceive
    case 9: .offeredFeatures
    case 10: .setFeatures(features(), headerLength: integer())
    case 11: .headerLength
    case 12: .runLoop(turns: size())
    case 13: .awaitCallbacks(size())
    case 14: .linger
    case 15: .inject(list { $0.frame() })
    case 16: .injectOffloaded(frame(), header: header())
    case 17: .collect(count: size())
    case 18: .link(any())
    case 19: .fault(fault())
    case 20: .calls(list { $0.text() })
    case 21: .ledger
    case 22: .setErrno(Int32(truncatingIfNeeded: next()))
    case 23: .drops
    case 24: .select(name: text(), prefixes: list { $0.text() })
    case 25: .prepare(any())
    case 26: .advanceClock(next())
    case 27, 28: .xen(xenAction())
    case 29: .together(list { $0.list { $0.step(depth: depth - 1) } })
    case 30: .repeated(size(), list { $0.step(depth: depth - 1) })
    default: .whenCalledBack(list { $0.step(depth: depth - 1) })
    }
  }

  mutating func outcome() -> Outcome { Outcome(expectation(), label: optional { $0.text() }) }

  mutating func expectation() -> Expectation {
    switch Int.random(in: 0...30, using: &self) {
    case 0: .anything
    case 1: .done
    case 2: .opened(kind: optional { $0.text() })
    case 3: .nothing
    case 4: .length(integer())
    case 5: .lengthIn(range())
    case 6: .frame(frame())
    case 7: .anyFrame(size())
    case 8: .frames(list { $0.frame() })
    case 9: .someFrames(list { $0.frame() })
    case 10: .framesInAnyOrder(list { $0.frame() })
    case 11: .error(list { $0.text() }, required: optional { $0.integer() })
    case 12: .explainedError(list { $0.text() })
    case 13: .callbacks(range())
    case 14: .calls(list { CallPattern($0.text(), $0.optional { $0.integer() }) })
    case 15: .callCount(range())
    case 16: .balanced
    case 17: .wellKept
    case 18: .headerLength(integer())
    case 19: .features(features())
    case 20: .closedFeatures
    case 21: .systemError(list { $0.text() }, errno: Int32(size()))
    case 22: .nonBlocking
    case 23: .notInherited
    case 24: .offers(features())
    case 25: .offersNotAll(features())
    case 26: .stillOpen(integer())
    case 27: .spoiled
    case 28, 29: .xen(xenExpectation())
    default: .drops(range())
    }
  }

  mutating func frame() -> FramePattern {
    let header = list(0...12) { UInt8(truncatingIfNeeded: $0.next()) }
    var frame = FramePattern(size(), header: header)
    if Bool.random(using: &self) {
      frame = FramePattern(bytes: list { UInt8(truncatingIfNeeded: $0.next()) }, header: header)
    }
    frame.seed = Int.random(in: -2...9, using: &self)
    frame.count = Int.random(in: 0...3, using: &self)
    return frame
  }

  private mutating func header() -> VirtioNetHeader {
    var header = VirtioNetHeader()
    header.flags = .init(rawValue: UInt8(truncatingIfNeeded: next()))
    header.segmentation = UInt8(truncatingIfNeeded: next())
    header.checksumOffset = UInt16(truncatingIfNeeded: next())
    return header
  }

  private mutating func fault() -> SystemCallFault {
    let effects: [SystemCallFault.Effect] = [
      .fails(Int32(size())), .returns(integer()), .finds(frame()),
    ]
    let effect = effects.randomElement(using: &self) ?? .returns(0)
    return SystemCallFault(optional { $0.text() }, after: size(), times: size(), effect)
  }

  private mutating func features() -> VirtioNetFeatures { VirtioNetFeatures(rawValue: next()) }

  mutating func range<Bound: FixedWidthInteger>() -> ClosedRange<Bound> {
    let low = Bound(size())
    return low...([low, low + 3, Bound.max].randomElement(using: &self) ?? low)
  }

  mutating func text() -> String {
    let texts = [
      "tap0", "null", "", "~", "12", "true", "a: b", "- x", "#", " lead", "tail ", "\u{0}\u{7}",
      "two\nlines", "\"'\\", "é – 💥", "\u{85}\u{2028}\u{FEFF}", "0x1F", "1e3", "{a}", "[b]", "*x",
      "&y", "!z", "%", "@", "`", "\t", "\u{7F}", "no", "1:30", "a #b", "|", ">", "? k", "\r",
    ]
    return texts.randomElement(using: &self) ?? ""
  }

  mutating func size() -> Int { Int.random(in: 0...2000, using: &self) }

  mutating func integer() -> Int { Int(truncatingIfNeeded: next()) }

  mutating func any<Word: CaseIterable>() -> Word where Word.AllCases == [Word] {
    let words = Word.allCases
    return words[Int.random(in: 0..<words.count, using: &self)]
  }

  mutating func optional<Value>(_ make: (inout Self) -> Value) -> Value? {
    Bool.random(using: &self) ? make(&self) : nil
  }

  mutating func list<Item>(
    _ counts: ClosedRange<Int> = 0...3,
    _ make: (inout Self) -> Item
  ) -> [Item] {
    (0..<Int.random(in: counts, using: &self)).map { _ in make(&self) }
  }
}

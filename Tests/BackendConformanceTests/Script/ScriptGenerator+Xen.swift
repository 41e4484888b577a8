import BackendConformance

// What a script does in the place of a netback's frontend, and expects of the netback.
extension ScriptGenerator {
  mutating func xenAction() -> XenAction {
    switch Int.random(in: 0...22, using: &self) {
    case 0: .connect(changes: texts())
    case 1: .write(any(), key: text(), value: optional { $0.text() })
    case 2: .reset
    case 3: .put(ring(), list { $0.slot() }, optional { $0.frame() })
    case 4: .show(ring())
    case 5: .raise(ring(), times: size())
    case 6: .setIndex(ring(), any(), number(0xFFFF_FFFF))
    case 7: .changeAfterRead(ring(), position: number(255), slot())
    case 8: .store(ring(), page: number(1023), offset: number(4093), bytes(0...3))
    case 9: .failGrant(ring(), page: Int.random(in: -1...1023, using: &self), grantFault())
    case 10: .responses(ring())
    case 11: .indices(ring())
    case 12: .slot(ring(), position: number(255))
    case 13: .page(ring(), page: number(1023), offset: number(2000), count: number(2096))
    case 14: .notifications(ring())
    case 15: .copies
    case 16: .holdings
    case 17: .read(any(), key: text())
    case 18: .states
    case 19: .writes
    case 20: .showAfterReads(ring(), 1 + number(10))
    case 21: .emptyEvents(ring())
    default: .received(queue: number(1023))
    }
  }

  mutating func xenExpectation() -> XenExpectation {
    switch Int.random(in: 0...11, using: &self) {
    case 0: .responses(list { $0.response() })
    case 1: .responsesInAnyOrder(list { $0.response() })
    case 2: .indices(indices())
    case 3: .bytes(bytes(0...5))
    case 4: .filled(UInt8(number(255)))
    case 5: .count(range())
    case 6: .copies(list { $0.copy() })
    case 7: .holdings(holdings())
    case 8: .value(optional { $0.text() })
    case 9: .states(list { $0.integer() })
    case 10: .number(range())
    default: .writes(list { $0.text() })
    }
  }

  private mutating func slot() -> XenSlot {
    switch Int.random(in: 0...4, using: &self) {
    case 0: .request(request())
    case 1: .extra(XenExtra(type: number(255), flags: number(1), payload: bytes(0...6)))
    case 2: .buffer(XenBuffer(id: half(), page: page(), grant: grant()))
    case 3:
      .control(
        XenControl(
          type: number(0xFFFF),
          id: half(),
          data: list { $0.number(0xFFFF_FFFF) },
          page: page()
        )
      )
    default: .bytes(bytes(0...16))
    }
  }

  private mutating func request() -> XenRequest {
    XenRequest(
      size: number(0xFFFF),
      flags: number(3),
      id: half(),
      offset: number(2),
      page: page(),
      grant: grant()
    )
  }

  private mutating func grantFault() -> XenGrantFault {
    XenGrantFault(
      any(),
      status: Int.random(in: -0x8000...0x7FFF, using: &self),
      after: number(2),
      times: optional { $0.size() }
    )
  }

  private mutating func response() -> XenResponse {
    XenResponse(
      id: half(),
      status: optional { $0.integer() },
      offset: half(),
      flags: half(),
      type: half(),
      payload: optional { $0.bytes(0...6) },
      data: optional { $0.integer() }
    )
  }

  private mutating func indices() -> XenIndices {
    XenIndices(
      requestProducer: grant(),
      requestEvent: grant(),
      responseProducer: grant(),
      responseEvent: grant()
    )
  }

  private mutating func copy() -> XenCopy {
    XenCopy(
      optional { $0.ring() },
      page: grant(),
      offset: half(),
      length: half(),
      localOffset: half(),
      initialStatus: half(),
      status: optional { $0.integer() }
    )
  }

  private mutating func holdings() -> XenHoldings {
    XenHoldings(
      pages: half(),
      channels: half(),
      watches: half(),
      transactions: half(),
      strayUnmaps: half()
    )
  }

  private mutating func texts() -> [String: String?] {
    Dictionary(list { ($0.text(), $0.optional { $0.text() }) }) { first, _ in first }
  }

  private mutating func ring() -> XenRing { XenRing(any(), number(2)) }

  private mutating func page() -> Int? { optional { $0.number(1023) } }

  private mutating func half() -> Int? { optional { $0.number(0xFFFF) } }

  private mutating func grant() -> Int? { optional { $0.number(0xFFFF_FFFF) } }

  /// A whole number from 0 on, the bounds oftener than others.
  private mutating func number(_ most: Int) -> Int {
    [0, most, Int.random(in: 0...most, using: &self)].randomElement(using: &self) ?? 0
  }

  private mutating func bytes(_ counts: ClosedRange<Int>) -> [UInt8] {
    list(counts) { UInt8(truncatingIfNeeded: $0.next()) }
  }
}

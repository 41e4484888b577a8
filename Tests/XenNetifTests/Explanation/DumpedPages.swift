import RingMemory
import XenNetif

/// Pages as one finds them in a dump.
enum DumpedPages {
  /// Packets of all kinds: answered, open, and wrong.
  static var transmit: [UInt8] {
    let page = RingPage(.transmit)
    page.ring.initialise()
    let group = MulticastExtra(address: [1, 0, 0x5E, 0, 0, 0xFB]).extra(.multicastAdd)
    let hash = HashExtra(type: 1, value: 0x51CC_C178).extra()
    let slots =
      ChainSlots.chain([64], extras: [.segments(1448, more: true), hash]).slots
      + ChainSlots.chain([64]).slots
      + ChainSlots.chain([200, 40, 50], flags: 3).slots
      + ChainSlots.chain([0], extras: [group]).slots
      + ChainSlots.chain([100, 200]).slots
      + ChainSlots.chain([60], offsets: [0: 4037]).slots
      + ChainSlots.chain([64], flags: 0x40).slots
    write(slots, to: page, answered: 4, published: UInt32(slots.count))
    page.ring.setValue(TransmitResponse(id: 1, status: .okay), at: 0)
    page.ring.setValue(TransmitResponse(id: 0x2001, status: .null), at: 1)
    page.ring.setValue(TransmitResponse(id: 4, status: .null), at: 2)
    page.ring.setValue(TransmitResponse(id: 1, status: TransmitStatus(rawValue: 7)), at: 3)
    return page.bytes
  }

  /// A packet of three pages that is to be segmented, one that failed, and offers.
  static var receive: [UInt8] {
    let page = RingPage(.receive)
    page.ring.initialise()
    let head = ReceiveFlags(rawValue: 0xF)
    page.ring.setValue(ReceiveResponse(id: 6, flags: head, status: 4096), at: 0)
    page.ring.setValue(SegmentationExtra(size: 1448, type: .tcp6).extra(), at: 1)
    page.ring.setValue(ReceiveResponse(id: 8, flags: .moreData, status: 4096), at: 2)
    page.ring.setValue(ReceiveResponse(id: 9, status: 100), at: 3)
    page.ring.setValue(ReceiveResponse(id: 10, status: -3), at: 4)
    page.ring.setValue(ReceiveResponse(id: 11, offset: 4000, status: 100), at: 5)
    for index in 6..<9 as Range<UInt32> {
      let grant = GrantReference(rawValue: 0x300 + index)
      page.ring.setValue(ReceiveRequest(id: UInt16(index), grant: grant), at: index)
    }
    page.ring.requestProducer.store(9)
    page.ring.responseProducer.store(6)
    return page.bytes
  }

  /// Questions and answers about hashing.
  static var control: [UInt8] {
    let page = RingPage(.control)
    page.ring.initialise()
    let answer = ControlResponse(id: 9, type: .setHashAlgorithm, status: .success)
    page.ring.setValue(answer, at: 0)
    page.ring.setValue(ControlRequest(id: 10, type: .setHashKey, data: (77, 40, 0)), at: 1)
    page.ring.setValue(ControlRequest(id: 11, type: ControlType(rawValue: 99)), at: 2)
    page.ring.requestProducer.store(3)
    page.ring.responseProducer.store(1)
    return page.bytes
  }

  private static func write(
    _ slots: [[UInt8]],
    to page: RingPage,
    answered: UInt32,
    published: UInt32
  ) {
    for (position, slot) in slots.enumerated() {
      page.ring.setValue(TransmitRequest(bytes: slot), at: UInt32(position))
    }
    page.ring.responseProducer.store(answered)
    page.ring.requestProducer.store(published)
  }
}

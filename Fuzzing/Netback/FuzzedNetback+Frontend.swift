import XenNetif

/// What a frontend does.
extension FuzzedNetback {
  private func ring(_ number: UInt8) -> (GuestRing, EventChannel) {
    let queue = frontend.queues[Int(number >> 2) % frontend.queues.count]
    switch number & 3 {
    case 0, 3: return (queue.transmit.page, queue.transmit.channel)
    case 1: return (queue.receive.page, queue.receive.channel)
    default:
      guard let control = frontend.control else {
        return (queue.transmit.page, queue.transmit.channel)
      }
      return (control.page, control.channel)
    }
  }

  /// Puts slots of any bytes behind the producer, and tells of them.
  func publish(_ input: inout FuzzInput) {
    let (guest, channel) = ring(input.byte())
    let slots = input.slots(input.number(below: 40), of: guest)
    guest.publish(slots, count: slots.count)
    frontend.domain.raise(channel)
  }

  /// Publishes a few slots again and again, now or while the netback copies.
  ///
  /// Little input fills a ring that way, and less if it has no slots: then those of the last time count.
  func publishOverAndOver(_ input: inout FuzzInput) {
    let (guest, channel) = ring(input.byte())
    let choice = input.byte()
    let slots = input.slots(Int(choice & 0x7F) % 24, of: guest)
    if !slots.isEmpty { pattern = slots }
    let count = min(pattern.count * Int(input.byte()), guest.ring.geometry.slotCount)
    if choice & 0x80 == 0 {
      guest.publish(pattern, count: count)
    } else {
      meanwhile.publish(pattern, count: count, on: guest, times: Int(input.byte()))
    }
    frontend.domain.raise(channel)
  }

  /// Overwrites an index with any number, and raises the channel.
  func overwrite(_ input: inout FuzzInput) {
    let (guest, channel) = ring(input.byte())
    switch input.byte() % 3 {
    case 0: guest.ring.requestProducer.store(input.word())
    case 1: guest.ring.responseEvent.store(input.word())
    default: break
    }
    for _ in 0..<input.number(below: 4) { frontend.domain.raise(channel) }
  }

  /// Overwrites a part of a page that slots can name.
  func store(_ input: inout FuzzInput) {
    let page = pages[input.number(below: pages.count)]
    let offset = Int(input.byte()) * 16
    page.store(input.bytes(input.number(below: 128)), at: offset)
  }

  /// Writes one of the keys that a netback reads, or removes it.
  func writeKey(_ input: inout FuzzInput) {
    let names = [
      "state", "multi-queue-num-queues", "tx-ring-ref", "rx-ring-ref", "event-channel",
      "event-channel-tx", "event-channel-rx", "ctrl-ring-ref", "event-channel-ctrl",
      "request-multicast-control", "xdp-headroom", "request-rx-copy", "queue-0/tx-ring-ref",
      "queue-1/rx-ring-ref", "queue-1/event-channel", "queue-1/event-channel-rx", "feature-sg",
    ]
    let name = names[input.number(below: names.count)]
    let text = input.text()
    if text.isEmpty { try? frontend.remove(name) } else { try? frontend.write(text, to: name) }
    hasMixedPages = hasMixedPages || name.hasSuffix("-ref")
  }

  /// Has what a netback does with a page fail.
  func failGrant(_ input: inout FuzzInput) {
    let grants = Self.grants.map { GrantReference(rawValue: $0) } + rings.map(\.grant)
    let grant = grants[input.number(below: grants.count)]
    let status = GrantStatus(rawValue: -Int16(input.byte() % 16))
    let operation: GrantFault.Operation = input.byte() & 1 == 0 ? .copy : .map
    let schedule = FaultSchedule(
      after: input.number(below: 8),
      times: 1 + input.number(below: 20)
    )
    frontend.domain.arrange(GrantFault(operation, with: status, schedule), on: grant)
  }

  /// Says how far the frontend is, or connects anew.
  func negotiate(_ input: inout FuzzInput) {
    let state = input.number(below: 10)
    try? frontend.setState(ConnectionState(rawValue: state))
    loop.settle()
    guard input.byte() & 1 == 1 else { return }
    frontend.reset()
    try? frontend.setState(.initialising)
    loop.settle()
    try? frontend.connect()
  }

  /// The rings that were made for the frontend, and their grants.
  var rings: [(page: GuestRing, grant: GrantReference)] {
    frontend.queues.flatMap {
      [($0.transmit.page, $0.transmit.grant), ($0.receive.page, $0.receive.grant)]
    } + (frontend.control.map { [($0.page, $0.grant)] } ?? [])
  }
}

extension FuzzInput {
  /// Slots of a ring.
  fileprivate mutating func slots(_ count: Int, of guest: GuestRing) -> [[UInt8]] {
    (0..<count).map { _ in bytes(guest.ring.geometry.slotSize) }
  }
}

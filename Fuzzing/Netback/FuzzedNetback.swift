import Glibc
import NetBackend
import RingMemory
import SystemPackage
import XenNetif

/// A netback and a frontend without manners.
final class FuzzedNetback {
  private static let (host, guest) = (Domain(rawValue: 0), Domain(rawValue: 1))
  /// The grants of pages that slots can name; odd ones are not to be written.
  private static let grants: Range<UInt32> = 64..<80

  private static let zeros = [UInt8](repeating: 0, count: RingGeometry.headerSize)
  private static let canaries = [UInt8](repeating: GuestRing.canary, count: GuestPage.count)

  private let hypervisor = SimulatedHypervisor()
  private let toolstack: SimulatedXenPort
  private let directories = InterfaceDirectories(from: host, to: guest)
  private let loop: NetbackLoop
  private let frontend: Frontend
  private let netback: XenNetback<SimulatedXenPort>
  private let pages: [GuestPage]

  init(_ input: inout FuzzInput) throws {
    let (choice, keys) = (input.byte(), input.byte())
    toolstack = hypervisor.makePort(for: Self.host)
    let domain = hypervisor.makeDomain(Self.guest)
    try directories.create(through: toolstack)
    var configuration = FrontendConfiguration()
    configuration.queues = 1 + Int(choice >> 2 & 1)
    configuration.isSplit = choice & 8 != 0
    configuration.hasControl = choice & 16 != 0
    configuration.transmitStart = choice & 32 != 0 ? .max - 3 : 0
    configuration.receiveStart = choice & 64 != 0 ? .max - 3 : 0
    configuration.features = Self.features(keys)
    frontend = try Frontend(domain, at: directories, configuration)
    pages = try GuestPage.pages(Self.grants.count)
    for (grant, page) in zip(Self.grants, pages) {
      page.fill(UInt8(truncatingIfNeeded: grant))
      domain.grant(
        page,
        to: Self.host,
        isReadOnly: grant % 2 == 1,
        as: GrantReference(rawValue: grant)
      )
    }
    let hypervisor = self.hypervisor
    loop = NetbackLoop { hypervisor.isReadable($0) }
    let policies: [NetbackPolicy] = [.linux, .freeBSD, .strict, .linux]
    netback = try XenNetback(
      OpenRequest(name: "xen:1/0", loop: loop) {},
      port: hypervisor.makePort(for: Self.host),
      policy: policies[Int(choice & 3)]
    )
    loop.settle()
    try frontend.connect()
    loop.settle()
  }

  private static func features(_ keys: UInt8) -> [String: String] {
    let names = [
      "feature-sg", "feature-gso-tcpv4", "feature-gso-tcpv6", "feature-rx-notify",
      "feature-no-csum-offload", "feature-ipv6-csum-offload", "request-multicast-control",
    ]
    var features = ["request-rx-copy": "1"]
    for (bit, name) in names.enumerated() where keys >> bit & 1 == 1 { features[name] = "1" }
    if keys & 0x80 != 0 { features["xdp-headroom"] = "256" }
    return features
  }

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

  /// Does what one operation says, and lets the netback do what follows.
  func perform(_ kind: UInt8, _ input: inout FuzzInput) {
    hypervisor.recordGrantOperations(true)
    switch kind % 12 {
    case 0, 1, 2, 3: publish(&input)
    case 4: overwrite(&input)
    case 5: store(&input)
    case 6: send(&input)
    case 7: receive(&input)
    case 8: loop.advance(milliseconds: UInt64(input.byte()) * 300)
    case 9: write(&input)
    case 10: fail(&input)
    default: negotiate(&input)
    }
    loop.settle()
  }

  /// Puts slots of any bytes behind the producer, and tells of them.
  private func publish(_ input: inout FuzzInput) {
    let (guest, channel) = ring(input.byte())
    let producer = guest.ring.requestProducer.load()
    let count = UInt32(input.byte() % 40)
    for index in 0..<count {
      guest.storeSlot(input.bytes(guest.ring.geometry.slotSize), at: producer &+ index)
    }
    guest.ring.requestProducer.store(producer &+ count)
    frontend.domain.raise(channel)
  }

  /// Overwrites an index with any number, and raises the channel.
  private func overwrite(_ input: inout FuzzInput) {
    let (guest, channel) = ring(input.byte())
    switch input.byte() % 3 {
    case 0: guest.ring.requestProducer.store(input.word())
    case 1: guest.ring.responseEvent.store(input.word())
    default: break
    }
    for _ in 0..<input.byte() % 4 { frontend.domain.raise(channel) }
  }

  private func store(_ input: inout FuzzInput) {
    let page = pages[Int(input.byte()) % pages.count]
    let offset = Int(input.byte()) * 16
    page.store(input.bytes(Int(input.byte() % 80)), at: offset)
  }

  /// Sends a frame of the bytes, or one that is as long as a number says.
  private func send(_ input: inout FuzzInput) {
    let length = Int(input.byte()) | Int(input.byte()) << 8
    var frame = input.bytes(min(length, 128))
    frame += [UInt8](repeating: 0x5A, count: length - frame.count)
    frame.withUnsafeMutableBytes { buffer in
      var element = unsafe BufferElement(base: buffer.baseAddress, length: UInt(buffer.count))
      withUnsafePointer(to: &element) { pointer in
        let elements = unsafe UnsafeBufferPointer(start: pointer, count: 1)
        _ = try? unsafe netback.send(ScatterGatherList(unsafeElements: elements))
      }
    }
  }

  /// Takes frames, with as much room as a number says.
  private func receive(_ input: inout FuzzInput) {
    if input.byte() & 1 == 1 {
      let lengths = [0, 10, 12]
      let length = lengths[Int(input.byte()) % lengths.count]
      try? netback.setFeatures([], headerLength: length)
    }
    var room = [UInt8](repeating: 0, count: 70_000)
    for _ in 0..<300 {
      let taken = room.withUnsafeMutableBytes { buffer -> Int? in
        var element = unsafe BufferElement(base: buffer.baseAddress, length: UInt(buffer.count))
        return withUnsafePointer(to: &element) { pointer -> Int? in
          let elements = unsafe UnsafeBufferPointer(start: pointer, count: 1)
          return try? unsafe netback.receive(
            into: MutableScatterGatherList(unsafeElements: elements)
          )
        }
      }
      guard taken != nil else { return }
    }
  }

  /// Writes one of the keys that a netback reads.
  private func write(_ input: inout FuzzInput) {
    let names = [
      "state", "multi-queue-num-queues", "tx-ring-ref", "rx-ring-ref", "event-channel",
      "event-channel-tx", "event-channel-rx", "ctrl-ring-ref", "event-channel-ctrl",
      "request-multicast-control", "xdp-headroom", "request-rx-copy", "queue-0/tx-ring-ref",
      "queue-1/rx-ring-ref",
    ]
    let name = names[Int(input.byte()) % names.count]
    let text = String(decoding: input.bytes(Int(input.byte() % 12)), as: UTF8.self)
    if text.isEmpty { try? frontend.remove(name) } else { try? frontend.write(text, to: name) }
    let own = ["rate", "mtu", "mac", "hotplug-status"]
    guard name == "state", let key = own.dropFirst(Int(input.byte() % 8)).first else { return }
    try? toolstack.write(text, to: "\(directories.backendPath)/\(key)", in: .none)
  }

  private func fail(_ input: inout FuzzInput) {
    let grant = Self.grants.lowerBound + UInt32(input.byte()) % UInt32(Self.grants.count)
    let status = GrantStatus(rawValue: -Int16(input.byte() % 16))
    frontend.domain.arrange(
      GrantFault(
        input.byte() & 1 == 0 ? .copy : .map,
        with: status,
        FaultSchedule(after: Int(input.byte() % 8), times: 1 + Int(input.byte() % 20))
      ),
      on: GrantReference(rawValue: grant)
    )
  }

  /// Says how far the frontend is, or connects anew.
  private func negotiate(_ input: inout FuzzInput) {
    let state = Int(input.byte() % 10)
    try? frontend.setState(ConnectionState(rawValue: state))
    loop.settle()
    guard input.byte() & 1 == 1 else { return }
    frontend.reset()
    try? frontend.setState(.initialising)
    loop.settle()
    try? frontend.connect()
  }
}

// What must hold.
extension FuzzedNetback {
  /// What holds after each operation.
  func check() {
    let operations = hypervisor.takeGrantOperations()
    precondition(operations.count < 50_000, "work is bounded")
    for operation in operations {
      guard case .copy(_, let offset, let length, let localOffset, _) = operation.kind else {
        continue
      }
      precondition(
        Int(offset) + Int(length) <= 4096 && Int(localOffset) + Int(length) <= 4096,
        "no copy leaves a page"
      )
    }
    let rings = frontend.queues.flatMap { [$0.transmit.page, $0.receive.page] }
    for ring in rings + (frontend.control.map { [$0.page] } ?? []) {
      precondition(Self.isUnusedIntact(ring), "what is nobody's stays")
    }
    let held = hypervisor.mappedGrants(by: Self.host)
    precondition(
      !held.contains { Self.grants.contains($0.rawValue) } && held.count <= 9,
      "only rings stay mapped"
    )
    precondition(hypervisor.strayUnmaps == 0, "each mapping ends once")
    precondition(hypervisor.openTransactions(of: Self.host) == 0, "each transaction ends")
  }

  /// Whether the bytes that are nobody's are as they were, compared at once: libFuzzer follows each
  /// comparison of its own.
  private static func isUnusedIntact(_ ring: GuestRing) -> Bool {
    let (page, used) = unsafe (ring.page.memory.base, ring.ring.geometry.usedSize)
    return unsafe memcmp(page + 16, Self.zeros, RingGeometry.headerSize - 16) == 0
      && memcmp(page + used, Self.canaries, GuestPage.count - used) == 0
  }

  /// What holds when the netback has closed.
  func end() {
    netback.close()
    check()
    precondition(hypervisor.mappedGrants(by: Self.host).isEmpty, "nothing stays mapped")
    precondition(hypervisor.channels(of: Self.host).isEmpty, "no channel stays bound")
    precondition(hypervisor.watchedPaths(of: Self.host).isEmpty, "no watch stays set")
    precondition(loop.registrationCount == 0 && loop.timerCount == 0, "the loop is let go of")
  }
}

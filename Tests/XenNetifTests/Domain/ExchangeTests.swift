import NetBackend
import Testing
import XenNetif

@Suite("A frontend and a netback that both keep to the protocol")
struct ExchangeTests {
  /// Both ends, on an event loop.
  final class Link {
    let domains = TwoDomains()
    let loop: GoldenLoop
    let frontend: Frontend
    let netback: ReplayedNetback

    init(_ change: (inout FrontendConfiguration) -> Void = { _ in }) throws {
      loop = GoldenLoop(domains.hypervisor)
      let directories = InterfaceDirectories(from: TwoDomains.host, to: TwoDomains.guest)
      try directories.create(through: domains.backend)
      var configuration = FrontendConfiguration()
      change(&configuration)
      frontend = try Frontend(domains.frontend, at: directories, configuration)
      netback = try ReplayedNetback(
        GoldenNetbackRequest(
          port: domains.backend,
          loop: loop,
          expiry: 10_000_000_000,
          stall: 60_000_000_000,
          onReceive: nil
        ),
        name: "xen:5/0"
      )
      loop.settle()
      #expect(frontend.backendState == .initWait)
      try frontend.connect()
      loop.settle()
      #expect(frontend.backendState == .connected)
    }

    /// What belongs to the backend: its mappings, its channels and its watches.
    var holdings: Int {
      let host = TwoDomains.host
      return domains.hypervisor.mappedGrants(by: host).count
        + domains.hypervisor.channels(of: host).count
        + domains.hypervisor.watchedPaths(of: host).count
    }

    func arrived() -> [[UInt8]] {
      var frames: [[UInt8]] = []
      while let next = netback.receive() { frames.append(next.frame) }
      return frames
    }
  }

  @Test("random frames arrive on both sides as they were", arguments: 1...3 as ClosedRange<UInt64>)
  func exchanges(_ seed: UInt64) throws {
    var random = DomainRandom(seed: seed)
    let link = try Link {
      ($0.transmitStart, $0.receiveStart) = (.max &- 100, .max &- 77)
      $0.isSplit = random.below(2) == 0
    }
    let (transmit, receive) = (link.frontend.transmit, link.frontend.receive)
    var (toHost, toGuest): ([[UInt8]], [[UInt8]]) = ([], [])
    var (atHost, atGuest): ([[UInt8]], [[UInt8]]) = ([], [])
    for _ in 0..<120 {
      try receive.post(random.below(20))
      receive.publish()
      for _ in 0..<random.below(6) {
        let frame = Self.frame(60 + random.below(8000), &random)
        let plan = TransmitPlan(lengths: frame.count > 100 ? [14 + random.below(86)] : [])
        if (try? transmit.put(frame, plan)) != nil { toHost.append(frame) }
      }
      transmit.publish()
      for _ in 0..<random.below(4) {
        let frame = Self.frame(60 + random.below(1455), &random)
        if link.netback.send(VirtioNetHeader(), frame) { toGuest.append(frame) }
      }
      link.loop.settle()
      atHost += link.arrived()
      _ = transmit.takeResponses()
      atGuest += receive.takeFrames().map(\.bytes)
    }
    while atGuest.count < toGuest.count, try receive.post(256) > 0 {
      receive.publish()
      receive.kick()
      link.loop.settle()
      atGuest += receive.takeFrames().map(\.bytes)
    }
    link.loop.settle()
    atHost += link.arrived()
    #expect(atHost == toHost, "seed \(seed)")
    #expect(atGuest == toGuest, "seed \(seed)")
    _ = transmit.takeResponses()
    #expect(transmit.room == 256, "seed \(seed)")
    #expect(link.frontend.violations == [], "seed \(seed)")
    #expect(transmit.page.isUnusedIntact && receive.page.isUnusedIntact, "seed \(seed)")
    #expect(toHost.count > 50 && toGuest.count > 50, "seed \(seed)")
  }

  @Test("a netback that was closed holds nothing any more, and has touched no grant wrongly")
  func givesBack() throws {
    let link = try Link { ($0.queues, $0.hasControl) = (3, true) }
    #expect(link.holdings > 10)
    link.netback.close()
    #expect(link.holdings == 0)
    #expect(link.domains.hypervisor.strayUnmaps == 0)
    #expect(link.domains.hypervisor.eventDescriptors(of: TwoDomains.host).isEmpty)
    #expect(link.domains.hypervisor.openTransactions(of: TwoDomains.host) == 0)
    #expect(link.domains.hypervisor.takeGrantOperations().allSatisfy { $0.status == .okay })
  }

  @Test("every copy stays within its pages, and none is of no bytes")
  func copiesInBounds() throws {
    let link = try Link()
    try link.frontend.receive.post(200)
    link.frontend.receive.publish()
    var random = DomainRandom(seed: 9)
    for length in [14, 60, 128, 129, 4095, 4096, 4097, 9000, 65535] {
      let frame = Self.frame(length, &random)
      try link.frontend.transmit.put(frame)
      link.frontend.transmit.publish()
      link.loop.settle()
      #expect(link.arrived() == [frame])
      _ = link.frontend.transmit.takeResponses()
      if length <= 1514 { #expect(link.netback.send(VirtioNetHeader(), frame)) }
    }
    #expect(link.frontend.receive.takeFrames().count == 4)
    let copies = link.domains.hypervisor.takeGrantOperations().filter(\.isCopy)
    #expect(copies.count > 25)
    for copy in copies {
      guard case .copy(_, let offset, let length, let local, _) = copy.kind else { continue }
      #expect(copy.status == .okay)
      #expect(length > 0)
      #expect(Int(max(offset, local)) + Int(length) <= 4096)
    }
  }

  private static func frame(_ count: Int, _ random: inout DomainRandom) -> [UInt8] {
    let first = UInt8(random.below(256))
    let header = Hex.bytes("00163e000001020000000001" + "88b5")
    return header + (0..<count - 14).map { first &+ UInt8(truncatingIfNeeded: $0 &* 3) }
  }
}

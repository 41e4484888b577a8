import NetBackend
import RingMemory
import SystemPackage
import XenNetif

/// A domain and a netback for one case, and what came out of the netback.
final class GoldenBench {
  /// The domain of both ends, as it was when the cases were measured.
  static let domain = Domain(rawValue: 0)

  let hypervisor = SimulatedHypervisor()
  let loop: GoldenLoop
  let host: SimulatedXenPort
  let domain: SimulatedDomain
  let directories = InterfaceDirectories(from: domain, to: domain)
  let frontend: Frontend
  let netback: any GoldenNetback
  var pages: GoldenPages
  let transmit: [GoldenRing]
  let receive: [GoldenRing]
  let control: GoldenRing?
  /// The frames that have come out and have not been looked at.
  var frames: [(header: VirtioNetHeader, frame: [UInt8])] = []

  init(
    _ golden: GoldenCase,
    _ makeNetback: (GoldenNetbackRequest) throws -> any GoldenNetback
  ) throws {
    loop = GoldenLoop(hypervisor)
    domain = hypervisor.makeDomain(Self.domain)
    host = hypervisor.makePort(for: Self.domain)
    pages = try GoldenPages(domain)
    try directories.create(through: host, changing: GoldenKeys.backendChanges(golden))
    frontend = try Frontend(domain, at: directories, GoldenKeys.configuration(golden))
    transmit = frontend.queues.map { GoldenRing($0.transmit.page) }
    receive = frontend.queues.map { GoldenRing($0.receive.page) }
    control = frontend.control.map { GoldenRing($0.page) }
    let hasShortWaits = golden.name.hasPrefix("rx-stall-") || golden.name.hasPrefix("rx-idle-4s-")
    let arrivals = Arrivals()
    netback = try makeNetback(
      GoldenNetbackRequest(
        port: hypervisor.makePort(for: Self.domain),
        loop: loop,
        expiry: hasShortWaits ? 1_000_000_000 : 10_000_000_000,
        stall: hasShortWaits ? 2_000_000_000 : 60_000_000_000,
        onReceive: { arrivals.drain() }
      )
    )
    arrivals.take = { [unowned self] in collect() }
    placeRings(golden)
  }

  deinit { netback.close() }

  /// Takes the frames that wait in the netback.
  func collect() { while let next = netback.receive() { frames.append(next) } }

  /// Whether the loop always came to rest.
  private(set) var cameToRest = true

  /// Lets everything happen that can without the clock.
  func settle() {
    let rested = loop.settle()
    collect()
    cameToRest = cameToRest && rested && loop.settle()
  }

  /// Lets time pass.
  func wait(_ milliseconds: UInt64) {
    loop.advance(milliseconds: milliseconds)
    settle()
  }

  /// Puts the indices where a case begins.
  private func placeRings(_ golden: GoldenCase) {
    let sides = [("tx", transmit), ("rx", receive)]
    for (name, rings) in sides {
      let start = UInt32(truncatingIfNeeded: golden.front?["\(name)0"]?.number ?? 0)
      let answered = golden.front?["\(name)Rsp0"]?.number.map { UInt32(truncatingIfNeeded: $0) }
      for ring in rings {
        ring.guest.reset(at: answered ?? start)
        ring.guest.ring.requestProducer.store(start)
        ring.restart()
      }
    }
  }
}

/// Where the callback of a netback finds the bench, which is there only later.
///
/// Sendable is unchecked: a case is played on one thread.
private final class Arrivals: @unchecked Sendable {
  var take: () -> Void = {}
  func drain() { take() }
}

import NetBackend
import Synchronization
import XenNetif

/// A netback, with a frontend and a host without manners.
final class FuzzedNetback {
  static let (host, guest) = (Domain(rawValue: 0), Domain(rawValue: 1))
  /// The grants of pages that slots can name; odd ones are not to be written.
  static let grants: Range<UInt32> = 64..<80

  let hypervisor = SimulatedHypervisor()
  let toolstack: SimulatedXenPort
  let directories = InterfaceDirectories(from: host, to: guest)
  let loop: NetbackLoop
  let frontend: Frontend
  let pages: [GuestPage]
  let policy: NetbackPolicy
  /// The netback, closed or not; `nil` if nobody has one.
  var netback: XenNetback<MeanwhilePort>?
  /// What the netback calls when a frame waits: the same one, until it is let go of.
  let callback = FuzzedCallback()
  /// What the frontend does while the netback copies.
  let meanwhile = FuzzedMeanwhile()
  /// The calls that may have failed.
  var faults: Set<XenCall> = []
  /// Whether the frontend may have named other pages as rings than those made for it, or these as pages
  /// to receive into.
  var hasMixedPages = false
  /// The slots that were last published over and over.
  var pattern: [[UInt8]] = []
  /// The frame that was last sent.
  var frame: [UInt8] = []
  /// The frames that the netback had lost when it was last asked.
  var lost: UInt64 = 0

  /// Opens a netback and connects a frontend to it.
  init(_ input: inout FuzzInput) throws {
    let (choice, keys) = (input.byte(), input.byte())
    policy = input.policy(choice)
    toolstack = hypervisor.makePort(for: Self.host)
    let domain = hypervisor.makeDomain(Self.guest)
    try directories.create(
      through: toolstack,
      changing: choice & 0x80 == 0 ? [:] : ["hotplug-status": nil]
    )
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
    try open()
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

  /// Opens a netback.
  func open(_ name: String = "xen:1/0", descriptor: Int32? = nil) throws {
    let callback = self.callback
    var request = OpenRequest(name: name, loop: loop) { callback.run() }
    request.descriptor = descriptor
    let opened = try XenNetback(
      request,
      port: MeanwhilePort(simulated: hypervisor.makePort(for: Self.host), meanwhile: meanwhile),
      policy: policy
    )
    netback = opened
    lost = 0
    callback.set(opened)
    loop.settle()
  }

  /// Does what one operation says, and lets the netback do what follows.
  func perform(_ kind: UInt8, _ input: inout FuzzInput) {
    switch kind % 16 {
    case 0, 1: publish(&input)
    case 2: publishOverAndOver(&input)
    case 3: overwrite(&input)
    case 4: store(&input)
    case 5: send(&input)
    case 6: receive(&input)
    case 7: setFeatures(&input)
    case 8: letTimePass(&input)
    case 9: writeKey(&input)
    case 10: failGrant(&input)
    case 11: negotiate(&input)
    case 12: failCall(&input)
    case 13: writeOwnKey(&input)
    case 14: callOtherwise(&input)
    default: reopen(&input)
    }
    loop.settle()
  }
}

/// The callback of a netback: takes one frame, as often as it is called.
final class FuzzedCallback: Sendable {
  private let netback = Mutex<XenNetback<MeanwhilePort>?>(nil)

  func set(_ netback: XenNetback<MeanwhilePort>?) {
    // What it had goes after the lock is free.
    let old = self.netback.withLock { current in
      defer { current = netback }
      return current
    }
    _ = old
  }

  func run() {
    let netback = self.netback.withLock { $0 }
    _ = try? netback?.discard()
  }
}

/// What a frontend can take, as it says in the store when it connects.
struct FrontendFeatures: Equatable, Sendable {
  /// Packets of several slots.
  var scatterGather = true
  /// TCP over IPv4 that is still to be cut.
  var segmentation4 = false
  /// TCP over IPv6 that is still to be cut.
  var segmentation6 = false
  /// Checksums over IPv4 that are still to be filled in.
  var checksum4 = true
  /// Checksums over IPv6 that are still to be filled in.
  var checksum6 = false
  /// Events when it posts receive requests.
  var notifiesReceive = true

  /// What is taken for granted of a frontend that has not said anything.
  init() {}

  /// Reads what a frontend says in its directory.
  init<Port: XenPort>(_ store: StoreView<Port>, _ directory: String) {
    func flag(_ key: String) -> Bool { store.flag("\(directory)/\(key)") }
    scatterGather = flag("feature-sg")
    segmentation4 = flag("feature-gso-tcpv4")
    segmentation6 = flag("feature-gso-tcpv6")
    checksum4 = !flag("feature-no-csum-offload")
    checksum6 = flag("feature-ipv6-csum-offload")
    notifiesReceive = flag("feature-rx-notify")
  }

  /// Whether checksums of a protocol may be left to the frontend.
  func takesChecksum(_ network: NetworkProtocol?) -> Bool {
    switch network {
    case .ip4: checksum4
    case .ip6: checksum6
    case nil: false
    }
  }

  /// Whether frames of a kind may be left uncut; that needs several slots, and the checksum left too.
  func takesSegmentation(_ type: SegmentationType) -> Bool {
    guard scatterGather else { return false }
    return type == .tcp4 ? segmentation4 && checksum4 : segmentation6 && checksum6
  }
}

import XenNetif

/// A policy and what the frontend has, of which there is a connection for each.
struct RingChoice {
  /// How many there are.
  static let count = 28

  let policy: NetbackPolicy
  let configuration: FrontendConfiguration
  /// The bytes of the vnet header that the host has in front of its frames.
  let headerLength: Int

  init(_ number: Int) {
    // With few of Linux, which a wrong chain ends: to connect anew takes longer than all else.
    let isLast = number >= 24
    policy = isLast ? .linux : [.freeBSD, .strict, .lenientLinux][number % 3]
    let bits = isLast ? (number - 24) * 2 + 1 : number / 3
    var configuration = FrontendConfiguration()
    // Rings stand where their indices, and with them their slots, soon begin anew.
    configuration.transmitStart = .max - 99
    configuration.receiveStart = .max - 99
    let hasMoreRings = bits & 1 != 0 && policy.offers.contains([.splitChannels, .controlRing])
    configuration.isSplit = hasMoreRings
    configuration.hasControl = hasMoreRings
    if bits & 2 != 0 { configuration.features = ["request-rx-copy": "1"] }
    if bits & 4 != 0 {
      configuration.features["request-multicast-control"] = "1"
      configuration.features["xdp-headroom"] = "256"
    }
    self.configuration = configuration
    headerLength = bits & 2 != 0 ? 0 : 12
  }

  /// Whether the frontend takes frames of several slots.
  var takesLongFrames: Bool { configuration.features["feature-sg"] == "1" }
}

extension NetbackPolicy {
  /// What Linux does, but for chains: no wrong one ends the connection, so that the next is looked at.
  fileprivate static let lenientLinux: NetbackPolicy = {
    var policy = NetbackPolicy.linux
    policy.chain.shortChain = .wait
    policy.chain.violation = .error
    policy.chain.fatalDataSlotCount = nil
    return policy
  }()
}

import XenNetif

extension FuzzInput {
  /// A profile, or a policy of bytes.
  mutating func policy(_ choice: UInt8) -> NetbackPolicy {
    switch choice % 4 {
    case 0: .linux
    case 1: .freeBSD
    case 2: .strict
    default: ownPolicy()
    }
  }

  private mutating func ownPolicy() -> NetbackPolicy {
    let profiles: [NetbackPolicy] = [.linux, .freeBSD, .strict]
    var policy = profiles[number(below: profiles.count)]
    let choices = short()
    func choice(_ bit: Int) -> Bool { choices >> bit & 1 == 1 }
    policy.responseOrder = choice(0) ? .inOrder : .copiedFirst
    policy.siblingStatus = choice(1) ? .error : .okay
    policy.matchesSegmentation = choice(2)
    policy.checksHeaderLength = choice(3)
    policy.numberForm = choice(4) ? .exact : .scanned
    policy.addressForm = choice(5) ? .exact : .scanned
    policy.requiresReceiveCopy = choice(6)
    policy.connectsDespiteErrors = choice(7)
    policy.checksReceiveProducer = choice(8)
    policy.headroomForm = choice(9) ? .inOffset : .inStatus
    policy.keepsDuplicateGroups = choice(10)
    policy.longKeyStatus = choice(11) ? .bufferOverflow : .invalidParameter
    if choice(12) { policy.receiveStall = 0 }
    if choice(13) { policy.receiveQueueBytes = 4096 }
    if choice(14) { policy.largestMTU = 65_521 }
    policy.offers = NetbackOffers(rawValue: NetbackOffers.all.rawValue ^ UInt32(short()))
    policy.headLength = Int(byte()) * 2
    policy.multicastLimit = number(below: 65)
    policy.grantAttempts = number(below: 17)
    policy.hashMappingLimit = Int(byte())
    return policy
  }
}

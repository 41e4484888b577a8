extension NetbackPolicy {
  /// What Linux does: it disables an interface whose frontend breaks the protocol.
  ///
  /// Source: measured, Linux 6.1.192 on Xen 4.17.
  public static let linux = NetbackPolicy(chain: .linux)

  /// What FreeBSD does: it answers with errors and goes on, and waits for the rest of short chains.
  ///
  /// Source: FreeBSD `sys/dev/xen/netback/netback.c`.
  public static let freeBSD: NetbackPolicy = {
    var policy = NetbackPolicy(chain: .freeBSD)
    policy.responseOrder = .inOrder
    policy.siblingStatus = .error
    policy.maximumQueues = 1
    policy.offers = [.scatterGather, .segmentation4]
    policy.requiresReceiveCopy = true
    policy.connectsDespiteErrors = false
    policy.checksReceiveProducer = true
    policy.largestMTU = 65_521
    return policy
  }()

  /// No more than the protocol promises, and an error for everything else.
  ///
  /// Source: Xen `io/netif.h`.
  public static let strict: NetbackPolicy = {
    var policy = NetbackPolicy(chain: .strict)
    policy.responseOrder = .inOrder
    policy.matchesSegmentation = true
    policy.checksHeaderLength = true
    policy.numberForm = .exact
    policy.addressForm = .exact
    policy.requiresReceiveCopy = true
    policy.connectsDespiteErrors = false
    policy.checksReceiveProducer = true
    policy.largestMTU = 65_521
    policy.headroomForm = .inOffset
    policy.keepsDuplicateGroups = false
    policy.longKeyStatus = .bufferOverflow
    return policy
  }()
}

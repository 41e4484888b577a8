internal import XenNetif

/// Netbacks that keep frames too long, or give a frontend up too soon.
enum ReceiveTimeMutants {
  static let all = [
    Mutant(
      xen: "xen.keeps-a-megabyte",
      breaks: "receive-ring/what-waits-is-bounded",
      observed: "1514 bytes, no error",
      policy: { $0.receiveQueueBytes = 1 << 20 }
    ),
    Mutant(
      xen: "xen.never-gives-up-a-frame",
      breaks: "receive-ring/old-frames-are-given-up",
      observed: "0 drops",
      policy: { $0.receiveExpiry = 1 << 62 }
    ),
    Mutant(
      xen: "xen.waits-as-long-for-silent-frontends",
      breaks: "receive-ring/old-frames-are-given-up",
      observed: "0 drops",
      policy: { $0.pollingExpiry = $0.receiveExpiry }
    ),
    Mutant(
      xen: "xen.never-takes-a-frontend-for-dead",
      breaks: "receive-ring/dead-frontend-has-no-link",
      observed: "60 bytes, no error",
      policy: { $0.receiveStall = 0 }
    ),
    Mutant(
      xen: "xen.takes-silent-frontends-for-dead",
      breaks: "receive-ring/frontend-without-notifications-is-not-dead",
      observed: "linkDown",
      reading: "feature-rx-notify",
      as: { _ in "1" }
    ),
    Mutant(
      xen: "xen.takes-slow-frontends-for-dead",
      breaks: "receive-ring/slow-frontend-is-not-dead",
      observed: "linkDown",
      policy: { $0.receiveStall = 500_000_000 }
    ),
  ]
}

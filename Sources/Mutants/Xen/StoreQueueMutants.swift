internal import BackendConformance
internal import XenNetif

/// Netbacks that take the keys of queues wrongly.
enum StoreQueueMutants {
  static let all = counts + directories

  private static let count = "multi-queue-num-queues"

  private static let counts = [
    Mutant(
      xen: "xen.takes-no-queue-for-one",
      breaks: "xenstore/queue-count-is-in-range",
      observed: "queues one",
      port: { $0.reading(count) { $0 == "0" ? "1" : $0 } }
    ),
    Mutant(
      xen: "xen.takes-more-queues-than-it-offers",
      breaks: "xenstore/queue-count-is-in-range",
      observed: "10 pages, 5 channels",
      policy: { $0.maximumQueues = 64 },
      port: { $0.writing("multi-queue-max-queues") { _ in "4" } }
    ),
    Mutant(
      xen: "xen.leaves-out-the-sign",
      breaks: "xenstore/odd-queue-count-is-not-huge",
      observed: "4 pages, 2 channels",
      port: { $0.reading(count) { $0 == "+2" ? "2" : $0 } }
    ),
    Mutant(
      xen: "xen.looks-for-the-only-queue-in-a-directory",
      breaks: "xenstore/one-queue-has-flat-keys",
      observed: "nothing",
      port: { port in
        port.reading { around, value in
          let keys = ["tx-ring-ref", "rx-ring-ref", "event-channel"]
          guard around.isFrontends, keys.contains(around.key), !around.path.contains("/queue-"),
            around[count] != nil
          else { return value }
          return around["queue-0/\(around.key)"]
        }
      }
    ),
  ]

  private static let directories = [
    Mutant(
      xen: "xen.serves-the-first-queue-alone",
      breaks: "xenstore/queues-have-keys-of-their-own",
      observed: "queues one",
      port: { port in
        port.onPass = { $0.ring("queue-1/tx-ring-ref", .transmit)?.hideRequests() }
      }
    ),
    Mutant(
      xen: "xen.prefers-flat-keys",
      breaks: "xenstore/stray-keys-are-not-used",
      observed: "queues one",
      port: { port in
        port.reading { around, value in around.replacing("queue-0/", "") ?? value }
      }
    ),
    Mutant(
      xen: "xen.serves-a-queue-nobody-counted",
      breaks: "xenstore/stray-keys-are-not-used",
      observed: "60 bytes",
      port: { port in
        port.reading { around, value in
          around.key == count && around["queue-2/tx-ring-ref"] != nil ? "3" : value
        }
      }
    ),
    Mutant(
      xen: "xen.lets-queues-share-what-is-missing",
      breaks: "xenstore/queues-connect-together",
      observed: "6 pages, 3 channels",
      port: { port in
        port.reading { around, value in value ?? around.replacing("queue-1/", "queue-0/") }
      }
    ),
  ]
}

internal import BackendConformance
internal import SystemPackage
internal import XenNetif

/// Netbacks that offer wrongly, or connect to what they should not.
enum StoreOfferMutants {
  static let all = offers + identity

  private static let offers = [
    Mutant(
      xen: "xen.tells-before-it-offers",
      breaks: "xenstore/offers-come-before-the-state",
      observed: "feature-sg offered",
      port: { port in
        let base = port.base
        port.onWrite = { path, value in
          if path.hasSuffix("/feature-sg") { return nil }
          guard path.hasSuffix("/state"), value == "2" else { return value }
          try? base.write(value, to: path, in: .none)
          try? base.write("1", to: path.dropLast("state".count) + "feature-sg", in: .none)
          return nil
        }
      }
    ),
    Mutant(
      xen: "xen.offers-to-swap-pages",
      breaks: "xenstore/copies-are-offered",
      observed: "\"1\"",
      port: { $0.writing("feature-rx-flip") { _ in "1" } }
    ),
    Mutant(
      xen: "xen.takes-a-disturbed-transaction-for-done",
      breaks: "xenstore/disturbed-offers-are-written-again",
      observed: "written state=2",
      port: { port in
        port.onEnd = { base, transaction, commit throws(Errno) in
          do throws(Errno) { try base.end(transaction, commit: commit) } catch {
            guard error == .resourceTemporarilyUnavailable else { throw error }
          }
        }
      }
    ),
    Mutant(
      xen: "xen.offers-no-queue-at-all",
      breaks: "xenstore/queue-limit-is-a-number",
      observed: "\"0\"",
      port: { $0.writing("multi-queue-max-queues") { _ in "0" } }
    ),
  ]

  private static let identity = [
    Mutant(
      xen: "xen.completes-short-addresses",
      breaks: "xenstore/address-has-six-octets",
      observed: "2 pages, 1 channel",
      port: { $0.reading("mac") { $0.map { $0.count == 14 ? $0 + ":00" : $0 } } }
    ),
    Mutant(
      xen: "xen.overlooks-the-wish-for-copies",
      breaks: "xenstore/copies-are-agreed-on",
      observed: "\"5\"",
      port: { $0.reading("request-rx-copy") { _ in "0" } }
    ),
    Mutant(
      xen: "xen.does-not-wait-for-the-host",
      breaks: "xenstore/host-comes-first",
      observed: "states [4]",
      port: { $0.reading("hotplug-status") { _ in "connected" } }
    ),
  ]
}

internal import BackendConformance
internal import SystemPackage
internal import XenNetif

/// Netbacks that take what a frontend or its host wants wrongly.
enum StoreFeatureMutants {
  static let all = features + switches

  private static let features = [
    Mutant(
      xen: "xen.takes-what-is-there-for-yes",
      breaks: "xenstore/zero-is-as-absent",
      observed: "responses [id 0 status 154]",
      port: { port in
        port.reading { around, value in
          around.isFrontends && around.key.hasPrefix("feature-") && value == "0" ? "1" : value
        }
      }
    ),
    Mutant(
      xen: "xen.overlooks-declined-checksums",
      breaks: "xenstore/checksums-go-as-told-to",
      observed: "flags 0x3",
      port: { $0.reading("feature-no-csum-offload") { _ in nil } }
    ),
    Mutant(
      xen: "xen.cuts-by-one-key",
      breaks: "xenstore/segments-go-as-told-to",
      observed: "status 1522",
      port: { port in
        port.reading { around, value in
          around.key == "feature-gso-tcpv6" ? around["feature-gso-tcpv4"] : value
        }
      }
    ),
    Mutant(
      xen: "xen.waits-for-silent-frontends",
      breaks: "xenstore/silent-frontend-is-not-waited-for",
      observed: "0 drops",
      port: { $0.reading("feature-rx-notify") { _ in "1" } }
    ),
    Mutant(
      xen: "xen.knows-one-length",
      breaks: "xenstore/longest-frame-is-the-hosts",
      observed: "frameTooLong(maximum: 1514)",
      port: { $0.reading("mtu") { _ in nil } }
    ),
  ]

  private static let switches = [
    Mutant(
      xen: "xen.filters-without-being-asked",
      breaks: "xenstore/groups-are-filtered-when-asked",
      observed: "2 frames",
      port: { $0.reading("request-multicast-control") { _ in "1" } }
    ),
    Mutant(
      xen: "xen.reads-the-filter-once",
      breaks: "xenstore/filter-follows-the-key",
      observed: "feature-dynamic-multicast-control missing",
      port: { $0.ignoring("request-multicast-control") }
    ),
    Mutant(
      xen: "xen.overlooks-half-a-control-ring",
      breaks: "xenstore/control-ring-has-both-keys",
      observed: "control ring missing",
      port: { port in
        port.reading { around, value in
          around.key == "ctrl-ring-ref" && around["event-channel-ctrl"] == nil ? nil : value
        }
      }
    ),
    Mutant(
      xen: "xen.reads-headroom-once",
      breaks: "xenstore/headroom-is-as-asked-for",
      observed: "headroom offer missing",
      port: { port in
        let first = Remembered<String??>(nil)
        port.reading("xdp-headroom") { value in
          if first.value == nil { first.value = .some(value) }
          return first.value ?? value
        }
      }
    ),
    Mutant(
      xen: "xen.reads-the-rate-once",
      breaks: "xenstore/rate-follows-the-key",
      observed: "1000 bytes",
      port: { $0.ignoring("rate") }
    ),
  ]
}

internal import BackendConformance
internal import RingMemory
internal import XenNetif

/// Netbacks that connect rings and channels wrongly.
enum StoreRingMutants {
  static let all = keys + failures

  private static let keys = [
    Mutant(
      xen: "xen.receives-into-the-ring-to-transmit",
      breaks: "xenstore/rings-are-mandatory",
      observed: "2 pages, 1 channel",
      port: { port in
        port.reading { around, value in
          around.key == "rx-ring-ref" ? value ?? around["tx-ring-ref"] : value
        }
      }
    ),
    Mutant(
      xen: "xen.takes-half-a-pair-of-channels",
      breaks: "xenstore/channels-are-mandatory",
      observed: "2 pages, 1 channel",
      port: { port in
        port.reading { around, value in
          around.key == "event-channel" ? value ?? around["event-channel-tx"] : value
        }
      }
    ),
    Mutant(
      xen: "xen.looks-at-the-single-channel-alone",
      breaks: "xenstore/split-channels-come-in-pairs",
      observed: "split channels missing",
      port: { $0.reading("event-channel-rx") { _ in nil } }
    ),
    Mutant(
      xen: "xen.maps-a-page-once-and-unmaps-it-twice",
      breaks: "xenstore/shared-rings-are-safe",
      observed: "1 stray unmap",
      port: { port in
        let mapped = Remembered<[GrantReference: SharedMemory]>([:])
        port.onMap = { base, grant, domain throws(GrantStatus) in
          if let known = mapped.value[grant] { return known }
          let memory = try base.map(grant, of: domain)
          mapped.value[grant] = memory
          return memory
        }
      }
    ),
  ]

  private static let failures = [
    Mutant(
      xen: "xen.keeps-what-it-mapped-first",
      breaks: "xenstore/failure-is-unwound",
      observed: "1 page, 0 channels",
      port: { port in
        let hasFailed = Remembered(false)
        port.onMap = { base, grant, domain throws(GrantStatus) in
          do throws(GrantStatus) { return try base.map(grant, of: domain) } catch {
            hasFailed.value = true
            throw error
          }
        }
        port.onUnmap = { base, memory in
          if hasFailed.value { hasFailed.value = false } else { base.unmap(memory) }
        }
      }
    ),
    Mutant(
      xen: "xen.tries-again-by-itself",
      breaks: "xenstore/failure-waits-for-the-frontend",
      observed: "2 pages, 1 channel",
      port: { port in
        let own = port.notingState()
        let seen = Remembered(false)
        port.reading { around, value in
          guard around.isFrontends, around.key == "state", value == "4", own.value == "5" else {
            return value
          }
          seen.value.toggle()
          return seen.value ? "5" : value
        }
      }
    ),
    Mutant(
      xen: "xen.is-deaf-after-a-failed-read",
      breaks: "xenstore/failed-read-leaves-nothing-half",
      observed: "a failed read refused",
      port: { port in
        let isDeaf = Remembered(false)
        port.reading("feature-sg") { value in
          if value == nil { isDeaf.value = true }
          return value
        }
        port.onPass = { rings in
          if isDeaf.value { rings.transmit?.hideRequests() }
        }
      }
    ),
  ]
}

extension SharedRing {
  /// Lets it look as if nothing were to be done.
  func hideRequests() { requestProducer.store(responseProducer.load()) }
}

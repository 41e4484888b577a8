internal import BackendConformance
internal import RingMemory
internal import SystemPackage
internal import XenNetif

/// Netbacks that follow their frontends wrongly.
enum StoreStateMutants {
  static let all = states + endings

  private static let states = [
    Mutant(
      xen: "xen.goes-from-closing-to-waiting",
      breaks: "xenstore/states-follow-the-frontend",
      observed: "states []",
      port: { $0.writing("state") { $0 == "6" ? nil : $0 } }
    ),
    Mutant(
      xen: "xen.takes-closed-for-closing",
      breaks: "xenstore/closed-frontend-is-let-go",
      observed: "states [5]",
      port: { port in
        let own = port.notingState()
        port.reading { around, value in
          let isSudden = around.isFrontends && around.key == "state" && own.value == "4"
          return isSudden && value == "6" ? "5" : value
        }
      }
    ),
    Mutant(
      xen: "xen.remembers-its-first-rings",
      breaks: "xenstore/new-frontend-is-read-anew",
      observed: "nothing",
      port: { port in
        let first = Remembered<[String: String]>([:])
        port.reading { around, value in
          guard around.key.hasSuffix("-ring-ref"), let value else { return value }
          if first.value[around.path] == nil { first.value[around.path] = value }
          return first.value[around.path]
        }
      }
    ),
    Mutant(
      xen: "xen.is-deaf-after-an-odd-state",
      breaks: "xenstore/odd-states-are-survived",
      observed: "\"5\"",
      port: { port in
        let odd = Remembered<String?>(nil)
        port.reading { around, value in
          guard around.isFrontends, around.key == "state" else { return value }
          if let value, let number = Int(value), number > 7 { odd.value = value }
          return odd.value ?? value
        }
      }
    ),
    Mutant(
      xen: "xen.stays-when-taken-offline",
      breaks: "xenstore/offline-interface-ends",
      observed: "states [2, 4]",
      port: { $0.reading("online") { _ in "1" } }
    ),
    Mutant(
      xen: "xen.leaves-without-a-word",
      breaks: "xenstore/close-is-told",
      observed: "states []",
      port: { port in
        let base = port.base
        port.onWrite = { path, value in
          guard path.hasSuffix("/state"), value == "5" || value == "6",
            let frontend = try? base.read(path.dropLast("state".count) + "frontend", in: .none),
            let state = try? base.read(frontend + "/state", in: .none)
          else { return value }
          // A frontend that has not ended is left.
          return state == "1" || state == "4" ? nil : value
        }
      }
    ),
  ]

  private static let endings = [
    Mutant(
      xen: "xen.keeps-a-page-now-and-then",
      breaks: "xenstore/many-connections-leave-nothing",
      observed: "1 page, 0 channels",
      port: { port in
        let count = Remembered(0)
        port.onUnmap = { base, memory in
          count.value += 1
          if !count.value.isMultiple(of: 37) { base.unmap(memory) }
        }
      }
    ),
    Mutant(
      xen: "xen.loses-a-channel",
      breaks: "xenstore/many-connections-leave-nothing",
      observed: "0 pages, 1 channel",
      port: { port in
        let count = Remembered(0)
        port.onUnbind = { base, descriptor, channel throws(Errno) in
          count.value += 1
          // The channel cannot be bound again, so that one is enough.
          if count.value != 37 { try base.unbind(descriptor, channel) }
        }
      }
    ),
    Mutant(
      xen: "xen.answers-what-waits-when-it-lets-go",
      breaks: "xenstore/work-under-way-ends",
      observed: "response 1 of the transmit ring has the identifier",
      port: { port in
        let rings = port.rings
        port.onUnmap = { base, memory in
          if let ring = rings.transmit { ring.responseProducer.store(ring.requestProducer.load()) }
          base.unmap(memory)
        }
      }
    ),
    Mutant(
      xen: "xen.is-deaf-once-it-was-wronged",
      breaks: "xenstore/disabled-interface-ends",
      observed: "\"4\"",
      port: { port in
        let wasWronged = Remembered(false)
        port.onPass = { rings in
          rings.transmit?.changeRequests { _, request in
            if Int(request.offset) + Int(request.size) > 4096 { wasWronged.value = true }
          }
        }
        port.reading { around, value in
          let isState = around.isFrontends && around.key == "state"
          return isState && wasWronged.value ? "4" : value
        }
      }
    ),
  ]
}

internal import NetBackend
internal import Netmap
internal import SystemPackage

/// Netmap backends that go wrong about the header of their port.
enum RingHeaderMutants {
  static let all = [
    Mutant(
      netmap: "netmap.asks-the-card-for-a-header",
      breaks: "ring-header/card-has-none",
      observed: "calls PORT_HDR_SET(1)",
      opener: { (request, port) throws(BackendError) in
        let name = String(request.name.dropFirst("netmap:".count))
        let right = try NetmapBackend(request, port: port)
        let changes = TamperedBackend.Changes { changes in
          changes.set = { (base, features, length) throws(BackendError) in
            // Under any descriptor: there is only one.
            try? port.setHeaderLength(3, of: name, to: length)
            try base.setFeatures(features, headerLength: length)
          }
        }
        return TamperedBackend(right, changes: changes)
      }
    ),
    Mutant(
      netmap: "netmap.probes-by-setting",
      breaks: "ring-header/asking-sets-nothing",
      observed: "PORT_HDR_SET(12) = 0",
      on: "vale",
      opener: { (request, port) throws(BackendError) in
        let right = try NetmapBackend(request, port: port)
        let changes = TamperedBackend.Changes { changes in
          changes.offered = { (base) throws(BackendError) in
            for length in [12, base.headerLength] {
              try? port.setHeaderLength(3, of: request.name, to: length)
            }
            return try base.offeredFeatures()
          }
        }
        return TamperedBackend(right, changes: changes)
      }
    ),
    Mutant(
      netmap: "netmap.takes-a-port-as-it-is",
      breaks: "ring-header/left-behind-is-reset",
      observed: "noSpace(required: 72)",
      on: "vale",
      port: { port in port.onGetHeader = { (_, _, _) throws(Errno) in 0 } }
    ),
  ]
}

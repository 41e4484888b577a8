internal import NetBackend
internal import Netmap

/// Netmap backends that open what they should refuse, or not what they were asked for.
enum RingOpeningMutants {
  static let all = [
    Mutant(
      netmap: "netmap.keeps-quiet-about-fields",
      breaks: "ring-open/impossible-geometry-is-named",
      observed: "error system",
      failing: { (error, request, port) throws(BackendError) in
        throw BackendError(.system, call: error.call, subject: error.subject, errno: 22)
      }
    ),
    Mutant(
      netmap: "netmap.overlooks-offsets",
      breaks: "ring-open/offsets-are-refused",
      observed: "opened as netmap",
      failing: { (error, request, port) throws(BackendError) in
        // The second time the field is 0.
        try NetmapBackend(request, port: port)
      }
    ),
    Mutant(
      netmap: "netmap.takes-one-slot-for-busy",
      breaks: "ring-open/one-slot-is-refused",
      observed: "error busy",
      failing: { (error, request, port) throws(BackendError) in
        throw BackendError(.busy, call: error.call, subject: error.subject)
      }
    ),
    Mutant(
      netmap: "netmap.opens-all-rings",
      breaks: "ring-open/one-ring-of-several",
      observed: "head 0, current 0",
      opener: { (request, port) throws(BackendError) in
        var all = request
        all.name = String(request.name.prefix { $0 != "-" })
        return try NetmapBackend(all, port: port)
      }
    ),
    Mutant(
      netmap: "netmap.always-shares",
      breaks: "ring-open/exclusive-is-busy",
      observed: "opened as netmap",
      port: { port in port.onRegister = { $0.flags.remove(.exclusive) } }
    ),
    Mutant(
      netmap: "netmap.cuts-names",
      breaks: "ring-open/name-follows-the-grammar",
      observed: "error unavailable",
      failing: { (error, request, port) throws(BackendError) in
        var cut = request
        cut.name = String(request.name.prefix(22))
        guard cut.name != request.name else { throw error }
        return try NetmapBackend(cut, port: port)
      }
    ),
  ]
}

extension Mutant {
  /// A netmap backend whose failure to open is handled in a wrong way.
  fileprivate init(
    netmap name: String,
    breaks: String,
    observed: String,
    failing handle:
      @escaping @Sendable (BackendError, OpenRequest, TamperedNetmap.Base) throws(BackendError) ->
      any NetBackend
  ) {
    self.init(netmap: name, breaks: breaks, observed: observed) {
      request,
      port throws(BackendError) in
      do throws(BackendError) { return try NetmapBackend(request, port: port) } catch {
        return try handle(error, request, port)
      }
    }
  }
}

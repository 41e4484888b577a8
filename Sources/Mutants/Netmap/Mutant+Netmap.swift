internal import BackendConformance
internal import NetBackend
internal import Netmap
internal import SystemPackage

// The ways in which a netmap backend can be made wrong.
extension Mutant {
  /// A netmap backend of which single calls are replaced, over a port of which single calls are.
  init(
    netmap name: String,
    breaks: String,
    observed: String,
    on prefix: String = "netmap",
    port tamper: @escaping @Sendable (inout TamperedNetmap) -> Void = { _ in },
    changing changes: (@Sendable (MutantRings) -> TamperedBackend.Changes)? = nil
  ) {
    self.init(netmap: name, breaks: breaks, observed: observed, on: prefix) {
      request,
      port throws(BackendError) in
      let rings = MutantRings()
      var tampered = TamperedNetmap(port, rings)
      tamper(&tampered)
      let right = try NetmapBackend(request, port: tampered)
      guard let changes else { return right }
      return TamperedBackend(right, changes: changes(rings))
    }
  }

  /// A netmap backend that is opened in a wrong way.
  init(
    netmap name: String,
    breaks: String,
    observed: String,
    on prefix: String = "netmap",
    opener: @escaping SimulatedNetmapBench.Bench.Opener
  ) {
    self.init(
      name,
      breaks: breaks,
      observed: observed,
      factory: SimulatedNetmapBench.factory(
        prefix: prefix,
        name: "mutant:\(name)",
        opener: opener
      )
    )
  }

  /// A netmap backend that sends in a way of its own.
  ///
  /// - Parameter send: Is given the rings, the right backend and the frame.
  init(
    netmap name: String,
    breaks: String,
    observed: String,
    sending send:
      @escaping @Sendable (MutantRings, any NetBackend, TamperedBackend.SentFrame)
      throws(BackendError) -> Int?
  ) {
    self.init(
      netmap: name,
      breaks: breaks,
      observed: observed,
      changing: { rings in
        TamperedBackend.Changes { changes in
          changes.send = { (base, frame) throws(BackendError) in
            try send(rings, base, frame)
          }
        }
      }
    )
  }

  /// A netmap backend that does something to its rings before the kernel looks at what it sends.
  init(
    netmap name: String,
    breaks: String,
    observed: String,
    beforeSync change: @escaping @Sendable (NetmapRing) -> Void
  ) {
    self.init(
      netmap: name,
      breaks: breaks,
      observed: observed,
      port: { port in
        port.onTransmit = { (rings, sync) throws(Errno) in
          change(rings.transmit)
          try sync()
        }
      }
    )
  }
}

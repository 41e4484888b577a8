internal import BackendConformance
internal import NetBackend
internal import RingMemory
internal import XenNetif

// The ways in which a netback's receive ring can be made wrong.
extension Mutant {
  /// A netback whose responses to a frame are changed before the frontend looks.
  ///
  /// - Parameter change: Is given the ring, the indices of the responses, and the frame.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    answering change:
      @escaping @Sendable (SharedRing, [UInt32], TamperedBackend.SentFrame) -> Void
  ) {
    self.init(
      xen: name,
      breaks: breaks,
      observed: observed,
      changing: { rings in
        TamperedBackend.Changes {
          $0.send = { (base, frame) throws(BackendError) in
            let old = rings.receive?.responseProducer.load() ?? 0
            let length = try base.send(bytes: frame.bytes)
            guard let ring = rings.receive else { return length }
            let new = ring.responseProducer.load() &- old
            if new > 0 { change(ring, (0..<new).map { old &+ $0 }, frame) }
            return length
          }
        }
      }
    )
  }

  /// A netback that sends something else in place of a frame, or nothing.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    sending send:
      @escaping @Sendable (MutantXenRings, any NetBackend, [UInt8]) throws(BackendError) -> Int?
  ) {
    self.init(
      xen: name,
      breaks: breaks,
      observed: observed,
      changing: { rings in
        TamperedBackend.Changes {
          $0.send = { (base, frame) throws(BackendError) in try send(rings, base, frame.bytes) }
        }
      }
    )
  }

  /// A netback that reads a key of the store otherwise than it is.
  ///
  /// - Parameter change: Is given the value; `nil` stands for no such key.
  init(
    xen name: String,
    breaks: String,
    observed: String,
    reading key: String,
    as change: @escaping @Sendable (String?) -> String?
  ) {
    self.init(
      xen: name,
      breaks: breaks,
      observed: observed,
      port: { port in
        port.onRead = { path, value in path.hasSuffix("/" + key) ? change(value) : value }
      }
    )
  }
}

extension SharedRing {
  /// Changes one response to a frame.
  func changeResponse(_ index: UInt32, _ change: (inout ReceiveResponse) -> Void) {
    var response: ReceiveResponse = value(at: index)
    change(&response)
    setValue(response, at: index)
  }
}

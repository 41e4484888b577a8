internal import RingMemory
internal import XenNetif

/// Netbacks that answer wrongly on the control ring.
enum ControlMutants {
  static let all = answering + checking

  private static let answering = [
    Mutant(
      xen: "xen.leaves-out-the-type",
      breaks: "control/answers-with-id-and-type",
      observed: "type 0 id 0",
      on: .control,
      afterwards: answering { $0.type = ControlType(rawValue: 0) }
    ),
    Mutant(
      xen: "xen.knows-every-request",
      breaks: "control/unknown-requests-are-not-supported",
      observed: "id 5 status 0",
      on: .control,
      afterwards: answering { if $0.status == .notSupported { $0.status = .success } }
    ),
    Mutant(
      xen: "xen.calls-unknown-requests-invalid",
      breaks: "control/grant-mappings-may-be-refused",
      observed: "id 5 status 2",
      on: .control,
      afterwards: answering { if $0.status == .notSupported { $0.status = .invalidParameter } }
    ),
    Mutant(
      xen: "xen.takes-too-many-control-requests",
      breaks: "control/too-many-requests-are-none",
      observed: "id 0 status 0",
      on: .control,
      finding: { ring in
        let answered = ring.responseProducer.load()
        let claimed = ring.requestProducer.load() &- answered
        if claimed > 128 { ring.requestProducer.store(answered &+ 1) }
      }
    ),
    Mutant(
      xen: "xen.reads-control-requests-twice",
      breaks: "control/request-is-read-once",
      observed: "id 3 status 1",
      port: { port in
        port.beforePass = { rings in
          guard let ring = rings.control, ring.requestProducer.load() > 0 else { return }
          _ = ring.value(at: 0, as: ControlRequest.self)
        }
      }
    ),
    Mutant(
      xen: "xen.takes-the-control-ring-for-twice-as-long",
      breaks: "control/ring-has-128-slots",
      observed: "id 200 status 1",
      on: .control,
      finding: { ring in
        for index in ring.unanswered where index & 0x80 != 0 {
          // Behind the slots nobody has written anything.
          let type = ControlType(rawValue: 0xCCCC)
          ring.setValue(ControlRequest(id: 0xCCCC, type: type), at: index)
        }
      }
    ),
  ]

  private static let checking = [
    Mutant(
      xen: "xen.takes-one-bit-of-the-algorithm",
      breaks: "control/algorithm-is-one-that-is-known",
      observed: "status 0",
      on: .control,
      finding: asking(.setHashAlgorithm) { _, request in request.data0 = min(request.data0, 1) }
    ),
    Mutant(
      xen: "xen.passes-over-unknown-kinds",
      breaks: "control/kinds-of-packets-belong-to-an-algorithm",
      observed: "status 0",
      on: .control,
      finding: asking(.setHashFlags) { _, request in request.data0 = min(request.data0, 15) }
    ),
    Mutant(
      xen: "xen.cuts-long-keys",
      breaks: "control/long-key-is-refused",
      observed: "40 bytes",
      on: .control,
      finding: asking(.setHashKey) { _, request in request.data1 = min(request.data1, 40) }
    ),
    Mutant(
      xen: "xen.makes-tables-of-any-length",
      breaks: "control/table-is-as-long-as-is-told",
      observed: "status 0",
      on: .control,
      finding: asking(.setHashMappingSize) { _, request in request.data0 = min(request.data0, 128) }
    ),
    Mutant(
      xen: "xen.adds-in-32-bits",
      breaks: "control/table-entries-stay-in-the-table",
      observed: "status 0",
      on: .control,
      finding: asking(.setHashMapping) { _, request in
        if request.data1 &+ request.data2 <= 8 { (request.data1, request.data2) = (0, 0) }
      }
    ),
  ]

  /// Changes the requests of a type that have no response yet.
  ///
  /// - Parameter change: Is given the index of the request as well.
  static func asking(
    _ type: ControlType,
    _ change: @escaping @Sendable (UInt32, inout ControlRequest) -> Void
  ) -> @Sendable (SharedRing) -> Void {
    { ring in
      for index in ring.unanswered {
        var request: ControlRequest = ring.value(at: index)
        guard request.type == type else { continue }
        change(index, &request)
        ring.setValue(request, at: index)
      }
    }
  }

  /// Changes the last answer.
  private static func answering(
    _ change: @escaping @Sendable (inout ControlResponse) -> Void
  ) -> @Sendable (SharedRing) -> Void {
    { ring in if ring.responseProducer.load() > 0 { ring.changeResponses(1, change) } }
  }
}

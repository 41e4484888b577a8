internal import BackendConformance
internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that count the frontend's pages wrongly, or do not look what became of them.
enum ReceiveShortageMutants {
  static let all = shortage + faults

  private static let shortage = [
    Mutant(
      xen: "xen.answers-what-was-not-posted",
      breaks: "receive-ring/no-page-no-response",
      observed: "has 0 requests without response",
      sending: { (rings, base, frame) throws(BackendError) in
        guard let ring = rings.receive, ring.unanswered.isEmpty else {
          return try base.send(bytes: frame)
        }
        return ring.answerFirst(ReceiveResponse(id: 0, status: 60), frame)
      }
    ),
    Mutant(
      xen: "xen.begins-what-it-cannot-finish",
      breaks: "receive-ring/frame-is-there-whole-or-not-at-all",
      observed: "response producer went from 1 to 2",
      sending: { (rings, base, frame) throws(BackendError) in
        guard let ring = rings.receive, ring.unanswered.count * 4096 < frame.count else {
          return try base.send(bytes: frame)
        }
        return ring.answerFirst(ReceiveResponse(id: 0, flags: .moreData, status: 4096), frame)
      }
    ),
    Mutant(
      xen: "xen.counts-pages-for-each-element",
      breaks: "receive-ring/needed-requests-are-counted-right",
      observed: "no responses",
      changing: { rings in
        TamperedBackend.Changes {
          $0.send = { (base, frame) throws(BackendError) in
            let needed = frame.elements.reduce(0) { $0 + ($1 + 4095) / 4096 }
            // What waits for pages that nobody posts might as well be lost.
            if needed > (frame.bytes.count + 4095) / 4096 { return frame.bytes.count }
            return try base.send(bytes: frame.bytes)
          }
        }
      }
    ),
    Mutant(
      xen: "xen.waits-for-the-longest-frames-pages",
      breaks: "receive-ring/few-pages-suffice",
      observed: "no frames",
      sending: { (rings, base, frame) throws(BackendError) in
        guard rings.receive?.unanswered.count ?? 0 >= 18 else { return frame.count }
        return try base.send(bytes: frame)
      }
    ),
  ]

  private static let faults = [
    Mutant(
      xen: "xen.does-not-look-what-came-of-copies",
      breaks: "receive-ring/failed-copy-is-told-in-its-slot",
      observed: "[id 0 status 822 flags 0x4",
      answering: { ring, indices, frame in
        for index in indices {
          ring.changeResponse(index) {
            if $0.status < 0 { $0.status = Int16(frame.bytes.count % 4096) }
          }
        }
      }
    ),
    Mutant(
      xen: "xen.keeps-account-by-grant",
      breaks: "receive-ring/page-may-be-posted-twice",
      observed: "byte 76 of the receive ring's page",
      sending: { (rings, base, frame) throws(BackendError) in
        let grants = rings.receive.map { ring in
          ring.unanswered.map { ring.value(at: $0, as: ReceiveRequest.self).grant }
        }
        let length = try base.send(bytes: frame)
        guard let ring = rings.receive, let grants, Set(grants).count < grants.count else {
          return length
        }
        ring.responseProducer.store(ring.responseProducer.load() &- 1)
        return length
      }
    ),
    Mutant(
      xen: "xen.reads-grants-again-to-copy",
      breaks: "receive-ring/requests-are-read-once",
      observed: "1 frame: 60 bytes",
      port: { port in
        let rings = port.rings
        unsafe port.onCopy = { base, operations in
          if let ring = rings.receive, unsafe operations.first?.direction == .toGrant {
            for index in operations.indices {
              let slot = ring.responseProducer.load() &+ UInt32(index)
              unsafe operations[index].grant = ring.value(at: slot, as: ReceiveRequest.self).grant
            }
          }
          unsafe base.copy(operations)
        }
      }
    ),
    Mutant(
      xen: "xen.shrugs-at-a-wild-producer",
      breaks: "receive-ring/producer-too-far-ahead-is-no-harm",
      observed: "receive producers fatal",
      sending: { (rings, base, frame) throws(BackendError) in
        guard let ring = rings.receive else { return try base.send(bytes: frame) }
        let claimed = ring.requestProducer.load() &- ring.responseProducer.load()
        return claimed > 256 ? frame.count : try base.send(bytes: frame)
      }
    ),
  ]
}

extension SharedRing {
  /// Shows a response, and says that the frame was taken.
  fileprivate func answerFirst(_ response: ReceiveResponse, _ frame: [UInt8]) -> Int {
    let index = responseProducer.load()
    setValue(response, at: index)
    responseProducer.store(index &+ 1)
    return frame.count
  }
}

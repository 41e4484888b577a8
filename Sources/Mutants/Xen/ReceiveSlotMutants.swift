internal import BackendConformance
internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that lay frames into the frontend's pages wrongly, or tell it wrongly.
enum ReceiveSlotMutants {
  static let all = [
    Mutant(
      xen: "xen.tells-the-whole-length-first",
      breaks: "receive-ring/frame-fills-pages-in-turn",
      observed: "4097 bytes at 0",
      answering: { ring, indices, frame in
        ring.changeResponse(indices[0]) {
          $0.status = Int16(truncatingIfNeeded: frame.bytes.count)
        }
      }
    ),
    Mutant(
      xen: "xen.forgets-that-more-follows",
      breaks: "receive-ring/frame-fills-pages-in-turn",
      observed: "[id 5 status 4096, id 6 status 1]",
      answering: { ring, indices, _ in
        for index in indices { ring.changeResponse(index) { $0.flags.remove(.moreData) } }
      }
    ),
    Mutant(
      xen: "xen.says-more-in-the-last-slot",
      breaks: "receive-ring/frame-fills-pages-in-turn",
      observed: "flags 0x4",
      answering: { ring, indices, _ in
        ring.changeResponse(indices[indices.count - 1]) { $0.flags.insert(.moreData) }
      }
    ),
    Mutant(
      xen: "xen.answers-backwards",
      breaks: "receive-ring/response-is-in-its-requests-slot",
      observed: "has the identifier",
      answering: { ring, indices, _ in
        let old = indices.map { ring.value(at: $0, as: ReceiveResponse.self).id }
        for (index, id) in zip(indices, old.reversed()) {
          ring.changeResponse(index) { $0.id = id }
        }
      }
    ),
    Mutant(
      xen: "xen.tells-an-offset-it-does-not-use",
      breaks: "receive-ring/data-is-at-the-offset",
      observed: "1 frame: 14 bytes",
      answering: { ring, indices, _ in ring.changeResponse(indices[0]) { $0.offset = 2 } }
    ),
    Mutant(
      xen: "xen.copies-whole-lines",
      breaks: "receive-ring/rest-of-the-page-stays",
      observed: "4058 more",
      port: { port in
        unsafe port.onCopy = { base, operations in
          for index in operations.indices where unsafe operations[index].direction == .toGrant {
            unsafe operations[index].length = (operations[index].length + 63) & ~63
          }
          unsafe base.copy(operations)
        }
      }
    ),
  ]
}

/// Netbacks that pass on what is too long, or nothing at all.
enum ReceiveLimitMutants {
  static let all = [
    Mutant(
      xen: "xen.answers-an-empty-frame",
      breaks: "receive-ring/empty-frame-takes-no-slot",
      observed: "0 bytes",
      sending: { (rings, base, frame) throws(BackendError) in
        guard frame.isEmpty, let ring = rings.receive else { return try base.send(bytes: frame) }
        let index = ring.responseProducer.load()
        let request: ReceiveRequest = ring.value(at: index)
        ring.setValue(ReceiveResponse(id: request.id, status: 0), at: index)
        ring.responseProducer.store(index &+ 1)
        return 0
      }
    ),
    Mutant(
      xen: "xen.cuts-lengths-to-16-bits",
      breaks: "receive-ring/no-frame-beyond-16-bits",
      observed: "65536 bytes",
      sending: { (_, base, frame) throws(BackendError) in
        guard frame.count > 65_535 else { return try base.send(bytes: frame) }
        _ = try base.send(bytes: Array(frame.prefix(max(60, frame.count & 0xFFFF))))
        return frame.count
      }
    ),
    Mutant(
      xen: "xen.never-asks-for-the-mtu",
      breaks: "receive-ring/mtu-is-kept",
      observed: "1515 bytes",
      reading: "mtu",
      as: { _ in "9000" }
    ),
    Mutant(
      xen: "xen.sends-several-slots-to-everyone",
      breaks: "receive-ring/several-slots-need-scatter-gather",
      observed: "1515 bytes",
      reading: "feature-sg",
      as: { _ in "1" }
    ),
  ]
}

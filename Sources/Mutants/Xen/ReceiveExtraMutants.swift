internal import BackendConformance
internal import RingMemory
internal import XenNetif

/// Netbacks that tell wrongly what is known of a frame, and what goes with it.
enum ReceiveExtraMutants {
  static let all = checksums + extras + forms

  private static let checksums = [
    Mutant(
      xen: "xen.takes-the-bits-of-the-transmit-ring",
      breaks: "receive-ring/checksum-bits-tell-what-is-known",
      observed: "flags 0x2",
      answering: { ring, indices, _ in
        ring.changeResponse(indices[0]) {
          if $0.flags == .dataValidated { $0.flags = .checksumBlank }
        }
      }
    ),
    Mutant(
      xen: "xen.tells-a-missing-checksum-only",
      breaks: "receive-ring/checksum-bits-tell-what-is-known",
      observed: "flags 0x2",
      answering: { ring, indices, _ in
        ring.changeResponse(indices[0]) {
          if $0.flags.contains(.checksumBlank) { $0.flags.remove(.dataValidated) }
        }
      }
    ),
    Mutant(
      xen: "xen.tells-of-the-checksum-in-every-slot",
      breaks: "receive-ring/checksum-bits-are-in-the-first-slot",
      observed: "flags 0x5",
      answering: { ring, indices, _ in
        let first: ReceiveResponse = ring.value(at: indices[0])
        let known = first.flags.intersection([.dataValidated, .checksumBlank])
        for index in indices { ring.changeResponse(index) { $0.flags.formUnion(known) } }
      }
    ),
  ]

  private static let extras = [
    Mutant(
      xen: "xen.puts-extras-last",
      breaks: "receive-ring/extra-is-behind-the-first-slot",
      observed: "response 2 has the identifier 1",
      answering: { ring, indices, _ in
        let first: ReceiveResponse = ring.value(at: indices[0])
        guard first.flags.contains(.extraInfo) else { return }
        let rest = indices.dropFirst()
        // A response has all bytes of a slot: it can hold an extra as well.
        let slots = rest.map { ring.value(at: $0, as: ReceiveResponse.self) }
        for (index, slot) in zip(rest, slots.dropFirst() + slots.prefix(1)) {
          ring.setValue(slot, at: index)
        }
      }
    ),
    Mutant(
      xen: "xen.puts-data-into-the-extras-page",
      breaks: "receive-ring/extra-takes-a-request-without-its-page",
      observed: "differs after byte 64",
      port: { port in
        let rings = port.rings
        unsafe port.onCopy = { base, operations in
          let grants = rings.receive.map { ring in
            ring.unanswered.map { ring.value(at: $0, as: ReceiveRequest.self).grant }
          }
          for index in operations.indices where unsafe operations[index].direction == .toGrant {
            let position = unsafe grants?.firstIndex(of: operations[index].grant)
            guard let grants, let position, position >= 2 else { continue }
            unsafe operations[index].grant = grants[position - 1]
          }
          unsafe base.copy(operations)
        }
      }
    ),
    Mutant(
      xen: "xen.ends-with-every-extra",
      breaks: "receive-ring/only-the-last-extra-has-none-behind-it",
      observed: "response 2 has the identifier 5",
      answering: { ring, indices, _ in
        var extra: ExtraInfo = ring.value(at: indices[1])
        extra.flags = 0
        ring.setValue(extra, at: indices[1])
      }
    ),
    Mutant(
      xen: "xen.leaves-a-byte-of-its-stack",
      breaks: "receive-ring/segmentation-extra-is-exact",
      observed: "5a",
      answering: { ring, indices, _ in
        // The byte behind the kind is the higher one of a response's flags.
        ring.changeResponse(indices[1]) {
          $0.flags = ReceiveFlags(rawValue: $0.flags.rawValue | 0x5A00)
        }
      }
    ),
    Mutant(
      xen: "xen.sends-prefixes-still",
      breaks: "receive-ring/prefix-flag-is-not-used",
      observed: "flags 0x1f",
      answering: { ring, indices, _ in
        ring.changeResponse(indices[0]) { $0.flags.insert(.segmentationPrefix) }
      }
    ),
  ]

  private static let forms = [
    Mutant(
      xen: "xen.fills-half-of-each-page",
      breaks: "receive-ring/longest-frame-takes-18-slots-at-most",
      observed: "no responses",
      reading: "xdp-headroom",
      as: { _ in "2048" }
    ),
    Mutant(
      xen: "xen.takes-one-key-for-both-kinds",
      breaks: "receive-ring/frontend-without-segmentation-gets-segments",
      observed: "type 1 a80502000000",
      reading: "feature-gso-tcpv6",
      as: { _ in "1" }
    ),
    Mutant(
      xen: "xen.tells-of-room-it-does-not-leave",
      breaks: "receive-ring/headroom-is-kept-free",
      observed: "1 frame: 60 bytes",
      port: { port in
        unsafe port.onCopy = { base, operations in
          for index in operations.indices where unsafe operations[index].direction == .toGrant {
            unsafe operations[index].offset = 0
          }
          unsafe base.copy(operations)
        }
      }
    ),
  ]
}

internal import NetBackend
internal import RingMemory
internal import XenNetif

/// Netbacks that hash packets wrongly, or choose the wrong queue.
enum HashingMutants {
  static let all = hashing + choosing

  private static let hashing = [
    Mutant(
      xen: "xen.tells-the-bit-of-a-hash",
      breaks: "control/hashes-as-toeplitz-does",
      observed: "type 4",
      changing: { rings in
        TamperedBackend.Changes { changes in
          changes.send = { right, frame throws(BackendError) in
            let sent = try right.send(bytes: frame.bytes)
            guard let ring = rings.ring("queue-0/rx-ring-ref", .receive),
              ring.responseProducer.load() > 0
            else { return sent }
            ring.changeResponses(1) { (extra: inout ExtraInfo) in
              let hash = HashExtra(extra.payload)
              extra = HashExtra(type: 1 << (hash.type & 7), value: hash.value).extra()
            }
            return sent
          }
        }
      }
    ),
    Mutant(
      xen: "xen.hashes-every-kind",
      breaks: "control/hashes-what-it-is-told",
      observed: "flags 0x8",
      on: .control,
      finding: ControlMutants.asking(.setHashFlags) { _, request in request.data0 = 15 }
    ),
    Mutant(
      xen: "xen.reads-a-whole-key",
      breaks: "control/short-key-is-followed-by-zeros",
      observed: "78c1cc51",
      on: .control,
      finding: ControlMutants.asking(.setHashKey) { _, request in request.data1 = 40 }
    ),
    Mutant(
      xen: "xen.keeps-hashes-of-the-old-key",
      breaks: "control/new-key-counts-at-once",
      observed: "78c1cc51",
      on: .control,
      finding: ControlMutants.asking(.setHashKey) { index, request in
        // The first key comes behind the algorithm and the kinds.
        if index > 2 { request.type = .getHashMappingSize }
      }
    ),
  ]

  private static let choosing = [
    Mutant(
      xen: "xen.takes-no-entries-for-one",
      breaks: "control/without-table-hashes-are-counted-off",
      observed: "flags 0x8",
      on: .control,
      finding: ControlMutants.asking(.setHashMappingSize) { _, request in
        request.data0 = max(request.data0, 1)
      }
    ),
    Mutant(
      xen: "xen.leaves-the-table-empty",
      breaks: "control/table-decides-the-queue",
      observed: "flags 0x8",
      on: .control,
      finding: ControlMutants.asking(.setHashMapping) { _, request in request.data1 = 0 }
    ),
    Mutant(
      xen: "xen.takes-unknown-queues-for-the-first",
      breaks: "control/refused-entries-change-nothing",
      observed: "status 0",
      port: { port in
        unsafe port.onCopy = { base, copies in
          unsafe base.copy(copies)
          for copy in copies.indices
          where unsafe copies[copy].direction == .fromGrant && copies[copy].length < 40 {
            let entries = unsafe copies[copy].local.assumingMemoryBound(to: UInt32.self)
            // Shorter than a key, so it is a table, of that many entries.
            for index in unsafe 0..<Int(copies[copy].length) / 4
            where unsafe entries[index] > 1 {
              unsafe entries[index] = 0
            }
          }
        }
      }
    ),
  ]
}

internal import RingMemory
internal import XenNetif

/// Netbacks that use the grants of their frontend wrongly.
enum GrantMutants {
  static let all = copying + failing + holding

  private static let copying = [
    unsafe Mutant(
      xen: "xen.copies-whole-words",
      breaks: "grant/copies-what-the-slot-says",
      observed: "page 3, 64 bytes at 1",
      port: changing { copy in unsafe copy.length = (copy.length + 3) & ~3 }
    ),
    Mutant(
      xen: "xen.copies-no-bytes",
      breaks: "grant/copies-nothing-for-no-bytes",
      observed: "0 bytes",
      port: { port in
        unsafe port.onCopy = { base, copies in
          unsafe base.copy(copies)
          guard var nothing = unsafe copies.first else { return }
          unsafe nothing.length = 0
          unsafe withUnsafeMutablePointer(to: &nothing) {
            unsafe base.copy(TamperedXen.Copies(start: $0, count: 1))
          }
        }
      }
    ),
    unsafe Mutant(
      xen: "xen.begins-with-success",
      breaks: "grant/status-is-no-success-before",
      observed: "had the status 0 before",
      port: changing { copy in unsafe copy.status = .okay }
    ),
    Mutant(
      xen: "xen.maps-what-it-reads",
      breaks: "grant/read-only-pages-are-enough",
      observed: "nothing",
      port: { port in
        unsafe port.onCopy = { base, copies in
          unsafe base.copy(copies)
          for index in copies.indices where unsafe copies[index].direction == .fromGrant {
            if let memory = unsafe try? base.map(copies[index].grant, of: copies[index].domain) {
              base.unmap(memory)
            } else {
              unsafe copies[index].status = .generalError
            }
          }
        }
      }
    ),
    Mutant(
      xen: "xen.finds-pieces-by-their-grant",
      breaks: "grant/one-page-may-be-named-twice",
      observed: "120 bytes",
      port: { port in
        unsafe port.onCopy = { base, copies in
          for index in copies.indices {
            let grant = unsafe copies[index].grant
            guard let first = unsafe copies.first(where: { unsafe $0.grant == grant }) else {
              continue
            }
            unsafe copies[index].offset = first.offset
          }
          unsafe base.copy(copies)
        }
      }
    ),
    Mutant(
      xen: "xen.copies-the-first-sixty-four",
      breaks: "grant/many-copies-are-all-made",
      observed: "690 bytes",
      port: { port in
        unsafe port.onCopy = { base, copies in
          unsafe base.copy(TamperedXen.Copies(rebasing: copies.prefix(64)))
          for index in copies.indices.dropFirst(64) { unsafe copies[index].status = .okay }
        }
      }
    ),
    Mutant(
      xen: "xen.copies-across-its-own-pages",
      breaks: "grant/copies-stay-within-pages",
      observed: "bytes were to be copied",
      port: { port in
        unsafe port.onCopy = { base, copies in
          for index in copies.indices.dropFirst() {
            let (last, next) = unsafe (copies[index - 1], copies[index])
            guard unsafe last.grant == next.grant, unsafe last.offset + last.length == next.offset
            else { continue }
            unsafe copies[index - 1].length += next.length
            unsafe copies[index].length = 0
          }
          unsafe base.copy(copies)
        }
      }
    ),
    unsafe Mutant(
      xen: "xen.cuts-numbers-of-grants",
      breaks: "grant/any-number-may-be-a-grant",
      observed: "page 8, ",
      port: changing { copy in
        unsafe copy.grant = GrantReference(rawValue: copy.grant.rawValue & 0xFFFF)
      }
    ),
  ]

  private static let failing = [
    Mutant(
      xen: "xen.believes-that-copies-succeed",
      breaks: "grant/failed-copy-loses-the-packet",
      observed: "100 bytes",
      port: forgiving(.fromGrant)
    ),
    Mutant(
      xen: "xen.believes-that-pages-are-filled",
      breaks: "grant/failed-copy-is-told-in-the-response",
      observed: "id 0 status 4096",
      port: forgiving(.toGrant)
    ),
    Mutant(
      xen: "xen.ends-a-batch-at-a-failure",
      breaks: "grant/failed-copy-is-one-packets",
      observed: "nothing",
      port: { port in
        unsafe port.onCopy = { base, copies in
          var hasFailed = false
          for index in copies.indices {
            if hasFailed {
              unsafe copies[index].status = .generalError
            } else {
              unsafe base.copy(TamperedXen.Copies(rebasing: copies[index...index]))
              hasFailed = unsafe copies[index].status != .okay
            }
          }
        }
      }
    ),
    Mutant(
      xen: "xen.answers-an-extra-as-failed",
      breaks: "grant/extra-is-answered-though-copies-fail",
      observed: "identifier 1 and status -1",
      afterwards: { ring in
        guard ring.responseProducer.load() == 3 else { return }
        ring.changeResponses(3) { (response: inout TransmitResponse) in
          if response.status == .null { response.status = .error }
        }
      }
    ),
    Mutant(
      xen: "xen.tries-no-copy-again",
      breaks: "grant/again-is-tried-again",
      observed: "nothing",
      policy: { $0.grantAttempts = 1 }
    ),
  ]

  private static let holding = [
    Mutant(
      xen: "xen.forgets-what-it-mapped",
      breaks: "grant/failed-mapping-is-unwound",
      observed: "1 page, 0 channels",
      port: { port in port.onUnmap = { _, _ in } }
    ),
    Mutant(
      xen: "xen.unmaps-twice",
      breaks: "grant/rings-are-unmapped-once",
      observed: "2 stray unmaps",
      port: { port in
        port.onUnmap = { base, memory in
          base.unmap(memory)
          base.unmap(memory)
        }
      }
    ),
    unsafe Mutant(
      xen: "xen.keeps-pages-mapped",
      breaks: "grant/holds-no-grant-at-rest",
      observed: "page 0 of the receive ring is still mapped",
      port: changing { base, copy in
        guard unsafe copy.direction == .toGrant else { return }
        _ = unsafe try? base.map(copy.grant, of: copy.domain)
      }
    ),
  ]

  /// A port that changes each copy before it is carried out.
  private static func changing(
    _ change: @escaping @Sendable (inout GrantCopy) -> Void
  ) -> @Sendable (inout TamperedXen) -> Void {
    unsafe changing { _, copy in unsafe change(&copy) }
  }

  private static func changing(
    _ change: @escaping @Sendable (TamperedXen.Base, inout GrantCopy) -> Void
  ) -> @Sendable (inout TamperedXen) -> Void {
    { port in
      unsafe port.onCopy = { base, copies in
        for index in copies.indices { unsafe change(base, &copies[index]) }
        unsafe base.copy(copies)
      }
    }
  }

  /// A port that says of each copy in one direction that it went well.
  private static func forgiving(
    _ direction: GrantCopy.Direction
  ) -> @Sendable (inout TamperedXen) -> Void {
    { port in
      unsafe port.onCopy = { base, copies in
        unsafe base.copy(copies)
        for index in copies.indices where unsafe copies[index].direction == direction {
          unsafe copies[index].status = .okay
        }
      }
    }
  }
}

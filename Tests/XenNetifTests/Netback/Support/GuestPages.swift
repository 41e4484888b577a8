import XenNetif

/// Pages of a frontend's domain that are granted for reading, each with a pattern of its own.
struct GuestPages {
  let pages: [GuestPage]
  let grants: [GrantReference]

  /// Makes pages; byte `j` of page `n` is `37 n + j`.
  init(_ count: Int, of bench: NetbackBench) throws {
    var (pages, grants): ([GuestPage], [GrantReference]) = ([], [])
    for number in 0..<count {
      let page = try GuestPage()
      page.store((0..<GuestPage.count).map { UInt8(truncatingIfNeeded: 37 * number + $0) })
      pages.append(page)
      grants.append(
        bench.guest.grant(page, to: NetbackBench.domains.backend, isReadOnly: true)
      )
    }
    (self.pages, self.grants) = (pages, grants)
  }

  /// Some bytes of a page.
  func bytes(_ page: Int, _ offset: Int, _ count: Int) -> [UInt8] {
    pages[page][offset..<offset + count]
  }
}

/// A slot of a transmit ring, in short.
enum TransmitSlot: Sendable {
  /// A request: page, size, offset, flags, identifier; a page below 0 is granted to nobody.
  case data(Int, Int, Int, UInt16, UInt16)
  /// An extra.
  case extra(ExtraInfo)

  static func data(
    _ page: Int,
    _ size: Int,
    at offset: Int = 0,
    _ flags: UInt16 = 0,
    id: UInt16
  ) -> TransmitSlot { .data(page, size, offset, flags, id) }

  func bytes(_ pages: GuestPages) -> [UInt8] {
    switch self {
    case .extra(let extra): return extra.bytes + [0xEE, 0xEE, 0xEE, 0xEE]
    case .data(let page, let size, let offset, let flags, let id):
      let grant = page < 0 ? GrantReference(rawValue: 999_999) : pages.grants[page]
      return TransmitRequest(
        grant: grant,
        offset: UInt16(offset),
        flags: TransmitFlags(rawValue: flags),
        id: id,
        size: UInt16(size)
      ).bytes
    }
  }
}

extension NetbackBench {
  /// Publishes slots in short.
  func publish(_ slots: [TransmitSlot], _ pages: GuestPages, at index: UInt32 = 0) {
    publish(slots.map { $0.bytes(pages) }, at: index)
  }
}

internal import SystemPackage

/// The pages of one direction of a queue, each with its identifier and its grant.
struct BufferPool {
  /// A page that is granted for good.
  struct Buffer {
    let page: GuestPage
    let grant: GrantReference
  }

  private let domain: SimulatedDomain
  private let partner: Domain
  private let isReadOnly: Bool
  private(set) var buffers: [UInt16: Buffer] = [:]
  private var free: [UInt16]

  /// A pool of as many pages as a ring has slots, which are made when they are first needed.
  init(_ domain: SimulatedDomain, for partner: Domain, isReadOnly: Bool, count: Int) {
    self.domain = domain
    self.partner = partner
    self.isReadOnly = isReadOnly
    free = (0..<UInt16(count)).reversed()
  }

  /// The number of pages that can be taken.
  var freeCount: Int { free.count }

  /// Takes a page; `nil` if there is none left.
  mutating func take() throws(Errno) -> (id: UInt16, buffer: Buffer)? {
    guard let id = free.last else { return nil }
    let buffer = if let made = buffers[id] { made } else { try makeBuffer(id) }
    free.removeLast()
    return (id, buffer)
  }

  /// Gives a page back.
  mutating func give(_ id: UInt16) { free.append(id) }

  /// Takes all grants back.
  mutating func revokeAll() {
    for buffer in buffers.values { domain.revoke(buffer.grant) }
    buffers = [:]
  }

  private mutating func makeBuffer(_ id: UInt16) throws(Errno) -> Buffer {
    let page = try GuestPage()
    let grant = domain.grant(page, to: partner, isReadOnly: isReadOnly)
    let buffer = Buffer(page: page, grant: grant)
    buffers[id] = buffer
    return buffer
  }
}

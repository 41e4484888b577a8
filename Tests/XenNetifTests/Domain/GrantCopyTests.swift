import Testing
import XenNetif

@Suite("Copies from and to simulated grants")
struct GrantCopyTests {
  let domains = TwoDomains()
  var guest: SimulatedDomain { domains.frontend }

  /// One row: which way, offset in the granted page, offset in one's own, length, what comes of it.
  typealias Bounds = (GrantCopy.Direction, UInt16, Int, UInt16, GrantStatus)

  @Test(
    "a copy stays within the granted page and within a page of one's own",
    arguments: [
      (.fromGrant, 0, 0, 4096, .okay), (.toGrant, 0, 0, 4096, .okay),
      (.fromGrant, 4095, 4095, 1, .okay), (.fromGrant, 4036, 0, 60, .okay),
      (.fromGrant, 4037, 0, 60, .badCopyArgument), (.toGrant, 1, 0, 4096, .badCopyArgument),
      (.fromGrant, 0, 4000, 96, .okay), (.fromGrant, 0, 4000, 97, .badCopyArgument),
      (.toGrant, 0, 4000, 200, .badCopyArgument), (.fromGrant, 0xFFFF, 0, 0xFFFF, .badCopyArgument),
      (.fromGrant, 0xF000, 0, 0x1000, .badCopyArgument), (.fromGrant, 0, 4096, 4096, .okay),
    ] as [Bounds]
  )
  func staysInside(_ row: Bounds) throws {
    let (page, local) = (try GuestPage(), try LocalMemory())
    page.fill(0x11)
    local.bytes = [UInt8](repeating: 0x22, count: 8192)
    let grant = guest.grant(page, to: TwoDomains.host)
    let copy = unsafe local.copy(row.0, grant, at: row.1, count: row.3, local: row.2)
    #expect(unsafe local.run([copy], on: domains.backend) == [row.4])
    var (granted, own) = (
      [UInt8](repeating: 0x11, count: 4096), [UInt8](repeating: 0x22, count: 8192)
    )
    if row.4 == .okay {
      for index in 0..<Int(row.3) {
        if row.0 == .fromGrant { own[row.2 + index] = 0x11 }
        if row.0 == .toGrant { granted[Int(row.1) + index] = 0x22 }
      }
    }
    #expect(page.bytes == granted)
    #expect(local.bytes == own)
  }

  @Test("a copy of no bytes is okay, whatever the rest of it says, and uses no grant")
  func looksAtNothing() throws {
    let local = try LocalMemory()
    let reference = GrantReference(rawValue: 999_999)
    let copies = unsafe [
      local.copy(.fromGrant, reference, at: 0, count: 0, local: 0),
      local.copy(.toGrant, reference, of: Domain(rawValue: 99), at: 0xFFFF, count: 0, local: 1),
    ]
    #expect(unsafe local.run(copies, on: domains.backend) == [.okay, .okay])
    #expect(guest.use(of: reference) == GrantUse())
  }

  @Test("each copy has its own status, and those behind one that fails are carried out")
  func goesOn() throws {
    let (page, local) = (try GuestPage(), try LocalMemory())
    page.fill(0x33)
    let readOnly = guest.grant(page, to: TwoDomains.host, isReadOnly: true)
    let others = guest.grant(page, to: Domain(rawValue: 7))
    let table: [(GrantCopy.Direction, GrantReference, Domain, GrantStatus)] = [
      (.toGrant, readOnly, TwoDomains.guest, .generalError),
      (.fromGrant, GrantReference(rawValue: 999_999), TwoDomains.guest, .badGrant),
      (.fromGrant, GrantReference(rawValue: .max), TwoDomains.guest, .badGrant),
      (.fromGrant, GrantReference(rawValue: 0), TwoDomains.guest, .generalError),
      (.fromGrant, others, TwoDomains.guest, .generalError),
      (.fromGrant, readOnly, Domain(rawValue: 99), .badDomain),
      (.fromGrant, readOnly, TwoDomains.guest, .okay),
    ]
    let copies = unsafe table.enumerated().map { index, row in
      unsafe local.copy(row.0, row.1, of: row.2, at: 0, count: 1, local: index)
    }
    #expect(unsafe local.run(copies, on: domains.backend) == table.map(\.3))
    #expect(Array(local.bytes[0..<8]) == [0, 0, 0, 0, 0, 0, 0x33, 0])
    #expect(page.bytes == [UInt8](repeating: 0x33, count: 4096))
  }

  @Test(
    "every status can be arranged, for some copies of one grant",
    arguments: (1...13).map { -$0 }
  )
  func failsAsArranged(_ number: Int) throws {
    let (page, local) = (try GuestPage(), try LocalMemory())
    let (grant, other) = (
      guest.grant(page, to: TwoDomains.host), guest.grant(page, to: TwoDomains.host)
    )
    let status = GrantStatus(rawValue: Int16(number))
    guest.arrange(GrantFault(.copy, with: status, FaultSchedule(after: 1, times: 2)), on: grant)
    let copies = unsafe [grant, grant, other, grant, grant].map {
      unsafe local.copy(.fromGrant, $0, at: 0, count: 4, local: 0)
    }
    let expected: [GrantStatus] = [.okay, status, .okay, status, .okay]
    #expect(unsafe local.run(copies, on: domains.backend) == expected)
    #expect(guest.use(of: grant).copies == 4)
    #expect(guest.use(of: grant).bytesCopied == 8)
  }

  @Test("a grant that was taken back is none, and its number can be given to another page")
  func revokes() throws {
    let (page, other, local) = (try GuestPage(), try GuestPage(), try LocalMemory())
    other.fill(9)
    let grant = guest.grant(page, to: TwoDomains.host)
    guest.revoke(grant)
    let copies = unsafe [local.copy(.fromGrant, grant, at: 0, count: 1, local: 0)]
    #expect(unsafe local.run(copies, on: domains.backend) == [.generalError])
    #expect(guest.grant(other, to: TwoDomains.host, as: grant) == grant)
    #expect(unsafe local.run(copies, on: domains.backend) == [.okay])
    #expect(local.bytes[0] == 9)
  }

  @Test("copies are recorded with where they were in both pages and what their status was before")
  func records() throws {
    let (page, local) = (try GuestPage(), try LocalMemory())
    let grant = guest.grant(page, to: TwoDomains.host)
    var copy = unsafe local.copy(.toGrant, grant, at: 7, count: 5, local: 4096 + 30)
    unsafe copy.status = GrantStatus(rawValue: 0x7FFF)
    _ = unsafe local.run([copy], on: domains.backend)
    let kind = GrantOperation.Kind.copy(
      .toGrant,
      offset: 7,
      length: 5,
      localOffset: 30,
      initialStatus: GrantStatus(rawValue: 0x7FFF)
    )
    #expect(
      domains.hypervisor.takeGrantOperations() == [
        GrantOperation(kind, grant, of: TwoDomains.guest, by: TwoDomains.host)
      ]
    )
    domains.hypervisor.recordGrantOperations(false)
    _ = unsafe local.run([copy], on: domains.backend)
    #expect(domains.hypervisor.takeGrantOperations().isEmpty)
  }
}

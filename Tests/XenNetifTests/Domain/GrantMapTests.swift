import RingMemory
import Testing
import XenNetif

@Suite("Mappings of simulated grants")
struct GrantMapTests {
  let domains = TwoDomains()
  var port: SimulatedXenPort { domains.backend }
  var guest: SimulatedDomain { domains.frontend }

  @Test("a mapping is the page itself, both ways")
  func isThePage() throws {
    let page = try GuestPage()
    let memory = try port.map(guest.grant(page, to: TwoDomains.host), of: TwoDomains.guest)
    #expect(memory.count == 4096)
    page.store([1, 2, 3], at: 4093)
    unsafe #expect(memory.base.load(fromByteOffset: 4095, as: UInt8.self) == 3)
    unsafe memory.base.storeBytes(of: 7, toByteOffset: 64, as: UInt8.self)
    #expect(page[64..<65] == [7])
    port.unmap(memory)
  }

  @Test("pages that were made at once are apart, and stay as long as one of them")
  func areApart() throws {
    var pages = try GuestPage.pages(3)
    for (number, page) in pages.enumerated() { page.fill(UInt8(number + 1)) }
    #expect(pages.map(\.bytes) == (1...3).map { [UInt8](repeating: $0, count: 4096) })
    pages.removeFirst(2)
    pages[0].store([9, 9], at: 4095)
    #expect(pages[0][4094..<4096] == [3, 9])
  }

  @Test("a page outlives its grant for as long as somebody has it mapped")
  func outlivesTheGrant() throws {
    let memory = try {
      let page = try GuestPage()
      page.fill(5)
      let grant = guest.grant(page, to: TwoDomains.host)
      let memory = try port.map(grant, of: TwoDomains.guest)
      guest.revoke(grant)
      return memory
    }()
    unsafe #expect(memory.base.load(as: UInt8.self) == 5)
    port.unmap(memory)
  }

  @Test("what is mapped is known, each mapping for itself, and an unmapping too many is counted")
  func keepsALedger() throws {
    let grant = guest.grant(try GuestPage(), to: TwoDomains.host)
    let first = try port.map(grant, of: TwoDomains.guest)
    let second = try port.map(grant, of: TwoDomains.guest)
    #expect(domains.hypervisor.mappedGrants(by: TwoDomains.host) == [grant, grant])
    #expect(guest.use(of: grant).maps == 2)
    port.unmap(first)
    #expect(domains.hypervisor.mappedGrants(by: TwoDomains.host) == [grant])
    #expect(domains.hypervisor.strayUnmaps == 0)
    port.unmap(first)
    #expect(domains.hypervisor.strayUnmaps == 1)
    port.unmap(second)
    #expect(domains.hypervisor.mappedGrants(by: TwoDomains.host).isEmpty)
    #expect(
      domains.hypervisor.takeGrantOperations().map(\.kind) == [.map, .map, .unmap, .unmap]
    )
  }

  @Test("what cannot be mapped is refused, and the refusal is recorded")
  func refuses() throws {
    let page = try GuestPage()
    let table: [(GrantReference, Domain, GrantStatus)] = [
      (GrantReference(rawValue: 999_999), TwoDomains.guest, .badGrant),
      (GrantReference(rawValue: 0), TwoDomains.guest, .generalError),
      (guest.grant(page, to: TwoDomains.host, isReadOnly: true), TwoDomains.guest, .generalError),
      (guest.grant(page, to: Domain(rawValue: 3)), TwoDomains.guest, .generalError),
      (guest.grant(page, to: TwoDomains.host), Domain(rawValue: 77), .badDomain),
    ]
    for (grant, domain, status) in table {
      #expect(throws: status) { try port.map(grant, of: domain) }
    }
    #expect(domains.hypervisor.takeGrantOperations().map(\.status) == table.map(\.2))
    #expect(domains.hypervisor.mappedGrants(by: TwoDomains.host).isEmpty)
  }

  @Test("mapping fails as arranged, and copying is another matter")
  func failsAsArranged() throws {
    let (page, local) = (try GuestPage(), try LocalMemory())
    let grant = guest.grant(page, to: TwoDomains.host)
    guest.arrange(GrantFault(.map, with: .again, .once), on: grant)
    let copy = unsafe local.copy(.fromGrant, grant, at: 0, count: 1, local: 0)
    #expect(unsafe local.run([copy], on: port) == [.okay])
    #expect(throws: GrantStatus.again) { try port.map(grant, of: TwoDomains.guest) }
    port.unmap(try port.map(grant, of: TwoDomains.guest))
  }
}

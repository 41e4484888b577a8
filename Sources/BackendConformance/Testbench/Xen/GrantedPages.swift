internal import SystemPackage
internal import XenNetif

/// The pages that the slots of one ring use, by number, each granted when it is first needed.
struct GrantedPages {
  /// What a page to receive into holds before it is posted; the others hold something else.
  static let (fill, ownFill): (UInt8, UInt8) = (0xA5, 0x5A)

  /// A page and its grant.
  struct Page {
    let page: GuestPage
    let grant: GrantReference
  }

  private let domain: SimulatedDomain
  private let partner: Domain
  private let isReadOnly: Bool
  private var pages: [Int: Page] = [:]
  private var spare: [GuestPage] = []

  /// Pages of a domain for another one.
  init(_ domain: SimulatedDomain, for partner: Domain, isReadOnly: Bool) {
    self.domain = domain
    self.partner = partner
    self.isReadOnly = isReadOnly
  }

  /// A page by its number.
  subscript(number: Int) -> Page {
    mutating get throws(BenchError) {
      if let made = pages[number] { return made }
      do throws(Errno) {
        if spare.isEmpty { spare = try GuestPage.pages(8).reversed() }
      } catch { throw .failed("make a page: \(error)") }
      let page = spare.removeLast()
      page.fill(isReadOnly ? Self.ownFill : Self.fill)
      let made = Page(
        page: page,
        grant: domain.grant(page, to: partner, isReadOnly: isReadOnly)
      )
      pages[number] = made
      return made
    }
  }

  /// Grants a page under a number, in place of the one it had.
  mutating func grant(_ number: Int, as reference: GrantReference) throws(BenchError) {
    let page = try self[number].page
    let grant = domain.grant(page, to: partner, isReadOnly: isReadOnly, as: reference)
    pages[number] = Page(page: page, grant: grant)
  }

  /// The number of the page with a grant.
  func number(of grant: GrantReference) -> Int? {
    pages.first { $0.value.grant == grant }?.key
  }
}

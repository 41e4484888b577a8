import SystemPackage
import XenNetif

/// The pages of the cases: read-only ones with a pattern each, writable ones that all look the same.
struct GoldenPages {
  /// What writable pages hold.
  static let fill: UInt8 = 0xA5

  /// The numbers from 0 to 255, again and again.
  private static let pattern = (0..<GuestPage.count + 256).map { UInt8(truncatingIfNeeded: $0) }

  private let domain: SimulatedDomain
  private var pages: [String: GuestPage] = [:]

  /// Takes the numbers that the grants had, so that rings get others.
  init(_ domain: SimulatedDomain) throws(Errno) {
    self.domain = domain
    let none = try GuestPage()
    for number in 8..<UInt32(136) {
      domain.grant(none, to: domain.number, as: GrantReference(rawValue: number))
    }
  }

  /// The number of a grant by its name, or by its digits.
  mutating func reference(_ name: String) throws(Errno) -> GrantReference {
    guard let kind = name.first, kind.isLetter, let number = UInt32(name.dropFirst()) else {
      return GrantReference(rawValue: UInt32(name) ?? 0)
    }
    _ = try page(name)
    return GrantReference(rawValue: (kind == "P" ? 8 : 40) + number)
  }

  /// A page by the name of its grant; `nil` if there is none.
  mutating func page(_ name: String) throws(Errno) -> GuestPage? {
    if let page = pages[name] { return page }
    guard let kind = name.first, kind.isLetter, let number = UInt32(name.dropFirst()) else {
      return nil
    }
    let page = try GuestPage()
    let isReadOnly = kind == "P"
    pages[name] = page
    try restore(name)
    let reference = GrantReference(rawValue: (isReadOnly ? 8 : 40) + number)
    domain.grant(page, to: domain.number, isReadOnly: isReadOnly, as: reference)
    return page
  }

  /// Fills a page with what it holds at first.
  mutating func restore(_ name: String) throws(Errno) {
    guard let page = try page(name), let number = Int(name.dropFirst()) else { return }
    if name.first != "P" { return page.fill(Self.fill) }
    page.store(Self.pattern[(37 * number & 0xFF)...])
  }
}

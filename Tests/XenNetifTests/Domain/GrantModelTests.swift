import Testing
import XenNetif

@Suite("Random copies from and to simulated grants")
struct GrantModelTests {
  @Test("pages and counts are those of a model that goes byte by byte", arguments: 1...10)
  func agrees(_ seed: UInt64) throws {
    var random = DomainRandom(seed: seed)
    let domains = TwoDomains()
    let (pages, local) = (try (0..<3).map { _ in try GuestPage() }, try LocalMemory(pages: 3))
    let grants = pages.enumerated().map { index, page in
      domains.frontend.grant(page, to: TwoDomains.host, isReadOnly: index == 0)
    }
    var granted = (0..<3).map { _ in
      (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    var own = (0..<12288).map { _ in UInt8.random(in: 0...255, using: &random) }
    var touched = [[Bool]](repeating: [Bool](repeating: false, count: 4096), count: 3)
    for (page, bytes) in zip(pages, granted) { page.store(bytes) }
    local.bytes = own
    for number in 0..<300 {
      let (index, isWriting) = (random.below(3), random.below(2) == 0)
      let length = random.below(4) == 0 ? random.below(4200) : random.below(70)
      let (offset, place) = (random.below(4100), random.below(8100))
      let copy = unsafe local.copy(
        isWriting ? .toGrant : .fromGrant,
        grants[index],
        at: UInt16(offset),
        count: UInt16(length),
        local: place
      )
      let expected = status(index, isWriting, length, offset, place)
      #expect(
        unsafe local.run([copy], on: domains.backend) == [expected],
        "seed \(seed), copy \(number)"
      )
      guard expected == .okay else { continue }
      for byte in 0..<length {
        touched[index][offset + byte] = true
        if isWriting { granted[index][offset + byte] = own[place + byte] }
        if !isWriting { own[place + byte] = granted[index][offset + byte] }
      }
    }
    #expect(pages.map(\.bytes) == granted, "seed \(seed)")
    #expect(local.bytes == own, "seed \(seed)")
    for (grant, bytes) in zip(grants, touched) {
      var found = [Bool](repeating: false, count: 4096)
      for range in domains.frontend.use(of: grant).touched {
        for byte in range { found[byte] = true }
      }
      #expect(found == bytes, "seed \(seed)")
    }
  }

  private func status(
    _ index: Int,
    _ isWriting: Bool,
    _ length: Int,
    _ offset: Int,
    _ place: Int
  ) -> GrantStatus {
    if length == 0 { return .okay }
    if isWriting && index == 0 { return .generalError }
    return max(offset, place % 4096) + length > 4096 ? .badCopyArgument : .okay
  }
}

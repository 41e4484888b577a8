import Testing
import XenNetif

@Suite("Pages of rings")
struct GuestRingTests {
  @Test(
    "a new ring has its header, canaries behind it, and room for its slots",
    arguments: [(RingGeometry.transmit, 3136), (.receive, 2112), (.control, 2112)]
  )
  func isNew(_ geometry: RingGeometry, _ end: Int) throws {
    let page = try GuestRing(geometry, at: 0xFFFF_FFFE)
    let header: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]
    #expect(page.page[0..<16] == header + header)
    #expect(page.page[16..<64] == [UInt8](repeating: 0, count: 48))
    #expect(page.page[64..<4096].allSatisfy { $0 == 0xCC })
    #expect(page.isUnusedIntact)
    for (offset, isIntact) in [(16, false), (63, false), (64, true), (end - 1, true), (end, false)]
    {
      page.page.store([1], at: offset)
      #expect(page.isUnusedIntact == isIntact, "byte \(offset)")
      page.reset()
      #expect(page.isUnusedIntact)
    }
  }

  @Test("any bytes can be put into any slot, and nowhere else")
  func storesSlots() throws {
    let page = try GuestRing(.receive)
    page.storeSlot([UInt8](repeating: 1, count: 20), at: 257)
    #expect(page.slotBytes(1) == [UInt8](repeating: 1, count: 8))
    #expect(page.slotBytes(0) + page.slotBytes(2) == [UInt8](repeating: 0xCC, count: 16))
  }
}

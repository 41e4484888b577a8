import RingMemory
import Testing
import XenNetif

@Suite("Where slots lie")
struct RingGeometryTests {
  @Test("Rings have the slots of the header")
  func slots() {
    let geometries: [RingGeometry] = [.transmit, .receive, .control]
    #expect(geometries.map(\.slotSize) == [12, 8, 16])
    #expect(geometries.map(\.slotCount) == [256, 256, 128])
    #expect(geometries.map(\.usedSize) == [3136, 2112, 2112])
    #expect(geometries.map { $0.offset(of: UInt32($0.slotCount) - 1) } == [3124, 2104, 2096])
  }

  @Test("Indices count on, and slots come round", arguments: [0, 5, 254, 0xFFFF_FFFE] as [UInt32])
  func wrapping(_ index: UInt32) {
    for geometry in [RingGeometry.transmit, .receive, .control] {
      let next = index &+ UInt32(geometry.slotCount)
      #expect(geometry.offset(of: next) == geometry.offset(of: index))
    }
    #expect(RingGeometry.transmit.position(of: 0xFFFF_FFFF) == 255)
  }

  @Test("An empty ring is the header's bytes")
  func emptyRing() throws {
    let page = try Page(filledWith: 0xCC)
    SharedRing(page.memory, .transmit).initialise()
    #expect(Array(page.bytes[0..<16]) == bytes("00000000 01000000 00000000 01000000"))
    #expect(page.bytes[16..<64].allSatisfy { $0 == 0 })
    #expect(page.bytes[64...].allSatisfy { $0 == 0xCC })
  }

  @Test(
    "Whoever waits for an index that was passed is notified",
    arguments: [
      (0, 1, 1, true), (0, 1, 2, false), (0, 3, 2, true), (5, 8, 5, false), (5, 8, 6, true),
      (5, 8, 9, false), (0xFFFF_FFFE, 1, 0, true), (4, 4, 4, false), (4, 4, 5, false),
      (0, 1, 0x4000_0000, false),
    ] as [(UInt32, UInt32, UInt32, Bool)]
  )
  func notification(_ old: UInt32, _ new: UInt32, _ event: UInt32, _ isDue: Bool) {
    #expect(notificationIsDue(old: old, new: new, event: event) == isDue)
  }
}

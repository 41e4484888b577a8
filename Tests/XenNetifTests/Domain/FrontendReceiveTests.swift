import Testing
import XenNetif

@Suite("A frontend that receives")
struct FrontendReceiveTests {
  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
  }

  private func backend(posting count: Int) throws -> TinyBackend {
    let backend = try TinyBackend()
    #expect(try backend.frontend.receive.post(count) == count)
    backend.frontend.receive.publish()
    return backend
  }

  @Test("slots of one packet are put together, and the next packet is another one")
  func putsTogether() throws {
    let backend = try backend(posting: 5)
    backend.fill(Self.bytes(4096), flags: [.moreData, .dataValidated])
    backend.fill(Self.bytes(100))
    backend.fill(Self.bytes(60), at: 2)
    _ = backend.receive.push()
    let frames = backend.frontend.receive.takeFrames()
    #expect(frames.map(\.bytes) == [Self.bytes(4096) + Self.bytes(100), Self.bytes(60)])
    #expect(frames[0].flags == [.moreData, .dataValidated])
    #expect(frames[0].responses.map(\.status) == [4096, 100])
    #expect(frames.allSatisfy { $0.failure == nil && $0.extras.isEmpty })
    #expect(backend.frontend.receive.room == 254)
    #expect(backend.frontend.violations.isEmpty)
  }

  @Test("a packet that is shown in two parts is put together once it is whole")
  func waitsForTheRest() throws {
    let backend = try backend(posting: 4)
    backend.fill(Self.bytes(10), flags: [.moreData, .extraInfo])
    _ = backend.receive.push()
    #expect(backend.frontend.receive.takeFrames().isEmpty)
    backend.fill(SegmentationExtra(size: 1448, type: .tcp6).extra(hasMore: true))
    _ = backend.receive.push()
    #expect(backend.frontend.receive.takeFrames().isEmpty)
    backend.fill(HashExtra(type: 3, value: 0x51cc_c178).extra())
    backend.fill(Self.bytes(5))
    _ = backend.receive.push()
    let frames = backend.frontend.receive.takeFrames()
    #expect(frames.map(\.bytes) == [Self.bytes(10) + Self.bytes(5)])
    #expect(frames.first?.segmentation == SegmentationExtra(size: 1448, type: .tcp6))
    #expect(frames.first?.hash == HashExtra(type: 3, value: 0x51cc_c178))
    #expect(backend.frontend.violations.isEmpty)
  }

  @Test("room in front of the data is left out of every slot")
  func leavesHeadroomOut() throws {
    let backend = try backend(posting: 3)
    let room = [UInt8](repeating: 0, count: 256)
    backend.fill(room + Self.bytes(3840), flags: [.moreData, .extraInfo])
    backend.fill(HeadroomExtra(headroom: 256).extra())
    backend.fill(room + Self.bytes(1))
    _ = backend.receive.push()
    let frames = backend.frontend.receive.takeFrames()
    #expect(frames.map(\.bytes) == [Self.bytes(3840) + Self.bytes(1)])
    #expect(frames.first?.headroom == 256)
  }

  @Test("a packet that did not arrive whole says so")
  func tellsFailures() throws {
    let backend = try backend(posting: 2)
    backend.fill(Self.bytes(4096), flags: .moreData)
    let grant = GrantReference(
      rawValue: backend.receive.ring.value(at: 1, as: ReceiveRequest.self).grant.rawValue
    )
    backend.domains.frontend.revoke(grant)
    backend.fill(Self.bytes(9))
    _ = backend.receive.push()
    #expect(backend.frontend.receive.takeFrames().map(\.failure) == [-1])
  }

  @Test("pages are posted up to the size of the ring, and again when they have come back")
  func postsPages() throws {
    let backend = try TinyBackend()
    let side = backend.frontend.receive
    for lap in 0..<3 {
      #expect(try side.post(300) == 256)
      #expect(try side.post(1) == 0)
      side.publish()
      #expect(backend.receive.available == 256)
      for number in 0..<256 { backend.fill([UInt8(lap), UInt8(number)]) }
      _ = backend.receive.push()
      #expect(side.takeFrames().map(\.bytes) == (0..<256).map { [UInt8(lap), UInt8($0)] })
    }
    #expect(side.violations.isEmpty)
    #expect(side.page.isUnusedIntact)
  }

  @Test("the requests that wait are known in the order of the ring, with their pages")
  func knowsWhatIsPosted() throws {
    let backend = try backend(posting: 5)
    let side = backend.frontend.receive
    let posted = (0..<5).map { backend.receive.ring.value(at: $0, as: ReceiveRequest.self) }
    #expect(side.posted == posted)
    backend.fill(Self.bytes(3))
    _ = backend.receive.push()
    _ = side.takeFrames()
    #expect(side.posted == Array(posted[1...]))
    side.page(of: posted[1].id)?.store([9])
    #expect(side.page(of: posted[1].id)?[0..<2] == [9, 0xA5])
    #expect(side.page(of: 999) == nil)
  }

  @Test("what a backend may not do is noticed")
  func noticesViolations() throws {
    let backend = try backend(posting: 4)
    let ids = (0..<4).map { backend.receive.ring.value(at: $0, as: ReceiveRequest.self).id }
    backend.receive.consume(4)
    backend.receive.respond(ReceiveResponse(id: ids[1], status: 0))
    backend.receive.respond(ReceiveResponse(id: ids[1], offset: 4090, status: 7))
    _ = backend.receive.push()
    #expect(backend.frontend.receive.takeFrames().count == 2)
    #expect(
      backend.frontend.violations == [
        .wrongSlot(expected: ids[0], found: ids[1]), .outsidePage(offset: 4090, status: 7),
      ]
    )
  }

  @Test("bytes of a page that are no part of a packet must not change")
  func noticesStrayBytes() throws {
    let backend = try backend(posting: 2)
    backend.fill(Self.bytes(64))
    backend.fill(Self.bytes(64), at: 10)
    let (first, second) = (
      backend.receive.ring.value(at: 0, as: ReceiveResponse.self),
      backend.receive.ring.value(at: 1, as: ReceiveResponse.self)
    )
    backend.receive.ring.setValue(ReceiveResponse(id: first.id, status: 63), at: 0)
    backend.receive.ring.setValue(ReceiveResponse(id: second.id, offset: 11, status: 63), at: 1)
    _ = backend.receive.push()
    #expect(backend.frontend.receive.takeFrames().map(\.bytes.count) == [63, 63])
    #expect(
      backend.frontend.violations == [.strayBytes(id: first.id), .strayBytes(id: second.id)]
    )
  }
}

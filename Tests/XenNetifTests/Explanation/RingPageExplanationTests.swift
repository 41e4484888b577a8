import Testing
import XenNetif

@Suite("A ring's page, explained")
struct RingPageExplanationTests {
  @Test("Packets from the frontend: answered, open and wrong")
  func transmit() throws {
    let explanation = try RingPageExplanation(bytes: DumpedPages.transmit)
    #expect(
      explanation.text == """
        transmit ring, 256 slots of 12 bytes

          req_prod   13
          req_event  1
          rsp_prod   4
          rsp_event  1

        requests without a response: 9
                   4  [  4]  01010000 00000700 0100c800  id 1, grant 257, 110 bytes at 0, size 200, checksum blank, data validated, more data
                   5  [  5]  02010000 00000400 02002800  id 2, grant 258, 40 bytes at 0, more data
                   6  [  6]  03010000 00000000 03003200  id 3, grant 259, 50 bytes at 0
            a packet of 200 bytes = 110 + 40 + 50
                   7  [  7]  01010000 00000800 01000000  id 1, grant 257, 0 bytes at 0, extra info
                   8  [  8]  02000100 5e0000fb deadbeef  extra: add the group 01:00:5e:00:00:fb
            adds the group 01:00:5e:00:00:fb
                   9  [  9]  01010000 00000400 01006400  id 1, grant 257, at 0, size 100, more data
                  10  [ 10]  02010000 00000000 0200c800  id 2, grant 258, 200 bytes at 0
            ! error: slot 1 of the chain has 200 bytes, and only 100 are left of the packet
                  11  [ 11]  01010000 c50f0000 01003c00  id 1, grant 257, at 4037, size 60
            ! fatal: slot 0 of the chain ends at byte 4097 of a page of 4096; nothing behind it is looked at
                  12  [ 12]  01010000 00004000 01004000  id 1, grant 257, at 0, size 64, unknown flags 0x40

        responses: 4
                   0  [  0]  01000000 00000800 01004000  id 1, okay
                   1  [  1]  01200100 01000000 deadbeef  null, for an extra slot
                   2  [  2]  04000100 78c1cc51 deadbeef  null, for an extra slot
                   3  [  3]  01000700 00000000 01004000  id 1, status 7
            ! status 7 is none of -2, -1, 0 and 1

        """
    )
  }

  @Test("Packets to the frontend")
  func receive() throws {
    let explanation = try RingPageExplanation(bytes: DumpedPages.receive, kind: .receive)
    #expect(
      explanation.text == """
        receive ring, 256 slots of 8 bytes

          req_prod   9
          req_event  1
          rsp_prod   6
          rsp_event  1

        requests without a response: 3
                   6  [  6]  06000000 06030000  id 6, grant 774
                   7  [  7]  07000000 07030000  id 7, grant 775
                   8  [  8]  08000000 08030000  id 8, grant 776

        responses: 6
                   0  [  0]  06000000 0f000010  id 6, 4096 bytes at 0, data validated, checksum blank, more data, extra info
                   1  [  1]  0100a805 02000000  extra: segments of 1448 bytes, TCP over IPv6
                   2  [  2]  08000000 04000010  id 8, 4096 bytes at 0, more data
                   3  [  3]  09000000 00006400  id 9, 100 bytes at 0
            a packet of 8292 bytes = 4096 + 4096 + 100
                   4  [  4]  0a000000 0000fdff  id 10, status -3
            ! a page could not be written: status -3
                   5  [  5]  0b00a00f 00006400  id 11, 100 bytes at 4000
            ! the bytes end at 4100 of a page of 4096

        """
    )
  }

  @Test("Requests about hashing")
  func control() throws {
    let explanation = try RingPageExplanation(bytes: DumpedPages.control, kind: .control)
    #expect(
      explanation.text == """
        control ring, 128 slots of 16 bytes

          req_prod   3
          req_event  1
          rsp_prod   1
          rsp_event  1

        requests without a response: 2
                   1  [  1]  0a000300 4d000000 28000000 00000000  id 10, set hash key, data 77 40 0
                   2  [  2]  0b006300 00000000 00000000 00000000  id 11, type 99, data 0 0 0
            ! no request has type 99

        responses: 1
                   0  [  0]  09000700 00000000 00000000 00000000  id 9, set hash algorithm, success, data 0

        """
    )
  }

  @Test("An empty page has nothing in it and nothing wrong", arguments: RingKind.allCases)
  func empty(_ kind: RingKind) throws {
    let page = RingPage(kind.geometry)
    page.ring.initialise()
    let explanation = try RingPageExplanation(bytes: page.bytes, kind: kind)
    #expect(explanation.requests == [])
    #expect(explanation.responses == [])
    #expect(explanation.faults == [])
  }

  @Test("A header that cannot be is told, and no slot with it")
  func overflow() throws {
    let bytes = [UInt8](repeating: 0xFF, count: 8) + [UInt8](repeating: 1, count: 4088)
    let explanation = try RingPageExplanation(bytes: bytes)
    #expect(
      explanation.faults == [
        "the producer 4294967295 is 4278124286 ahead of 16843009; 256 can be, so no slot can be told",
        "bytes 16 to 63 are nobody's, and not all of them are zero",
      ]
    )
    #expect(explanation.requests.isEmpty && explanation.responses.isEmpty)
  }

  @Test("What is not a page is refused", arguments: [0, 1, 4095, 4097, 8192])
  func size(_ count: Int) {
    #expect(throws: RingPageSizeError(count: count)) {
      try RingPageExplanation(bytes: [UInt8](repeating: 0, count: count))
    }
  }

  @Test("Whatever lies in a page can be explained", arguments: RingKind.allCases)
  func noise(_ kind: RingKind) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2 {
      var noise = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
      // Producers that lie so that there are slots to be explained.
      noise.replaceSubrange(0..<12, with: [100, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0])
      for policy in [ChainPolicy.linux, .freeBSD, .strict] {
        let explanation = try RingPageExplanation(bytes: noise, kind: kind, policy: policy)
        let slots = explanation.requests.flatMap(\.slots).map(\.index)
        #expect(slots == Array(40..<100), "seed \(seed)")
        #expect(
          explanation.responses.flatMap(\.slots).map(\.index) == Array(0..<40),
          "seed \(seed)"
        )
        #expect(explanation.text.hasSuffix("\n"))
      }
    }
  }
}

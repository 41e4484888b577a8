import Testing
import XenNetif

@Suite("The rate of a frontend")
struct NetbackRateTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var rate: String
    var size: Int
    /// The frames that have come so many milliseconds after they were sent.
    var frames: [(milliseconds: UInt64, count: Int)]
    var testDescription: String { rate }
  }

  // Measured: Linux 6.1.192.
  static let cases: [Case] = [
    Case(rate: "1500,2000000", size: 1000, frames: [(600, 1), (2600, 3), (4600, 4), (6600, 6)]),
    Case(rate: "50000,2000000", size: 1000, frames: [(600, 50), (2600, 100), (4600, 140)]),
    Case(
      rate: "100,1000000",
      size: 250,
      frames: [(500, 0), (1500, 0), (2500, 1), (3500, 1), (4500, 2)]
    ),
    Case(rate: "abc", size: 1000, frames: [(0, 140)]),
    Case(rate: "100", size: 1000, frames: [(0, 140)]),
    Case(rate: "100,", size: 1000, frames: [(0, 140)]),
    Case(rate: "100,1x", size: 1000, frames: [(0, 140)]),
    Case(rate: "-1,5", size: 1000, frames: [(0, 140)]),
    Case(rate: "0,0", size: 1000, frames: [(0, 0), (60_000, 0)]),
    Case(rate: "0,50000", size: 1000, frames: [(0, 0), (60_000, 0)]),
  ]

  @Test("holds packets back and loses none", arguments: cases)
  func holdsBack(_ row: Case) throws {
    let bench = try NetbackBench(backendKeys: ["rate": row.rate])
    let pages = try GuestPages(1, of: bench)
    bench.publish((0..<140).map { .data(0, row.size, id: UInt16($0)) }, pages)
    var time: UInt64 = 0
    var count = 0
    for (milliseconds, expected) in row.frames {
      bench.loop.advance(milliseconds: milliseconds - time)
      time = milliseconds
      count += try bench.receiveAll().count
      #expect(count == expected)
      #expect(bench.producedResponses == UInt32(expected))
      #expect(bench.transmitEvent == (expected == 140 ? 141 : 1))
    }
  }

  @Test("can be changed while connected")
  func changes() throws {
    let bench = try NetbackBench(backendKeys: ["rate": "0,0"])
    let pages = try GuestPages(1, of: bench)
    bench.publish([.data(0, 60, id: 1)], pages)
    #expect(bench.producedResponses == 0)
    try bench.toolstack.write(
      "1000000,50000",
      to: "\(bench.directories.backendPath)/rate",
      in: .none
    )
    bench.loop.settle()
    bench.loop.advance(milliseconds: 100)
    #expect(try bench.receiveAll().count == 1)
    #expect(bench.producedResponses == 1)
  }
}

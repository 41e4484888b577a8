import Foundation
import Netmap
import RingMemory
import Testing

@Suite("Random traffic on a simulated switch")
struct ConservationTests {
  /// A seed of its own for each run; one that failed is put in place of it.
  static let seed =
    UInt64(ProcessInfo.processInfo.environment["NETMAP_SEED"] ?? "")
    ?? UInt64.random(in: 0...UInt64.max)

  @Test("every frame arrives once, in order and whole, or is counted", arguments: 0..<40)
  func isConserved(_ round: Int) throws {
    var random = SplitMix(state: Self.seed &+ UInt64(round))
    let traffic = try RandomTraffic(&random)
    for _ in 0..<60 { try traffic.step(&random) }
    try traffic.finish()
    let comment = Comment(rawValue: "NETMAP_SEED=\(Self.seed), round \(round)")
    #expect(traffic.faults.isEmpty, comment)
    #expect(try traffic.sent == traffic.received + traffic.lost, comment)
    #expect(try traffic.counted() == traffic.sent, comment)
  }
}

/// A generator whose numbers its state decides.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}

/// Ports that send each other frames that say who they are from and for, and their number.
final class RandomTraffic {
  let kernel = SimulatedNetmapKernel()
  var ports: [BoundPort] = []
  /// The number of the next frame, by sender and receiver.
  private var next: [[Int]]
  /// The number of the last frame that arrived, by sender and receiver.
  private var last: [[Int]]
  private(set) var sent = 0
  private(set) var received = 0
  private(set) var faults: [String] = []

  init(_ random: inout SplitMix) throws {
    let count = Int.random(in: 2...4, using: &random)
    next = Array(repeating: Array(repeating: 0, count: count), count: count)
    last = Array(repeating: Array(repeating: -1, count: count), count: count)
    for number in 0..<count {
      let name = "vale0:\(number)"
      ports.append(
        try BoundPort(
          kernel,
          name,
          transmitSlots: Int.random(in: 2...40, using: &random),
          receiveSlots: Int.random(in: 2...40, using: &random)
        )
      )
      let length = [0, 10, 12].randomElement(using: &random) ?? 0
      try kernel.port.setHeaderLength(ports[number].descriptor, of: name, to: length)
      // From here on the switch knows where the port is.
      let header = [UInt8](repeating: 0, count: length)
      try ports[number].send(header + Sample.frame(60, from: Self.address(number)))
      for port in ports { _ = try port.take() }
    }
    start = try counters()
  }

  private var start: [SimulatedNetmapCounters] = []

  private static func address(_ number: Int) -> [UInt8] { [2, 0, 0, 0, 1, UInt8(number)] }

  private func counters() throws -> [SimulatedNetmapCounters] {
    try ports.indices.map { try kernel.counters(of: "vale0:\($0)") }
  }

  /// One port sends, or takes what it got.
  func step(_ random: inout SplitMix) throws {
    let number = Int.random(in: ports.indices, using: &random)
    if Bool.random(using: &random) { try send(from: number, &random) } else { try take(at: number) }
    check(ports[number])
  }

  private func send(from sender: Int, _ random: inout SplitMix) throws {
    let port = ports[sender]
    let header = try kernel.port.headerLength(port.descriptor, of: "vale0:\(sender)")
    var slots: [SentSlot] = []
    while slots.count + 4 < port.transmitRing.slotCount, Int.random(in: 0..<4, using: &random) > 0 {
      let receiver = Int.random(in: ports.indices, using: &random)
      if receiver == sender { continue }
      let number = next[sender][receiver]
      next[sender][receiver] += 1
      let frame = Sample.frame(
        Int.random(in: 20...1400, using: &random),
        to: Self.address(receiver),
        from: Self.address(sender)
      )
      var bytes = [UInt8](repeating: 0, count: header) + frame
      bytes.replaceSubrange(header + 14..<header + 18, with: Self.mark(number, frame.count))
      let cuts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        Int.random(in: header + 18...bytes.count, using: &random)
      }.sorted()
      let ends = cuts + [bytes.count]
      slots += bytes.fragments(zip(ends, [0] + cuts).map { $0 - $1 })
      sent += 1
    }
    try port.send(slots)
  }

  private static func mark(_ number: Int, _ length: Int) -> [UInt8] {
    [number >> 8, number, length >> 8, length].map { UInt8($0 & 0xff) }
  }

  private func take(at receiver: Int) throws {
    let header = try kernel.port.headerLength(
      ports[receiver].descriptor,
      of: "vale0:\(receiver)"
    )
    var frame: [UInt8] = []
    for slot in try ports[receiver].take() {
      frame += slot.bytes
      if slot.flags & 0x20 != 0 { continue }
      note(Array(frame.dropFirst(header)), at: receiver)
      frame = []
    }
    if !frame.isEmpty { faults.append("a chain without an end at \(receiver)") }
  }

  private func note(_ frame: [UInt8], at receiver: Int) {
    received += 1
    let sender = Int(frame[11])
    let number = Int(frame[14]) << 8 | Int(frame[15])
    let length = Int(frame[16]) << 8 | Int(frame[17])
    let rest = Array(frame.dropFirst(18))
    if frame.count != length || rest != Sample.pattern(18..<max(18, length)) {
      faults.append("frame \(number) of \(sender) at \(receiver) is not whole")
    }
    if Int(frame[5]) != receiver { faults.append("a frame for \(frame[5]) at \(receiver)") }
    if number <= last[sender][receiver] {
      faults.append("frame \(number) of \(sender) at \(receiver) after \(last[sender][receiver])")
    }
    last[sender][receiver] = number
  }

  /// Notes indices that are none.
  private func check(_ port: BoundPort) {
    for ring in [port.transmitRing, port.receiveRing] {
      for index in [ring.head, ring.current, ring.tail] where index >= ring.slotCount {
        faults.append("an index of \(index) of \(ring.slotCount)")
      }
    }
  }

  /// Takes everything that is still there.
  func finish() throws {
    for number in ports.indices { try take(at: number) }
  }

  /// The frames that the kernel says it dropped.
  var lost: Int {
    get throws { try difference { $0.missed + $0.undirected + $0.refused } }
  }

  /// The frames that the kernel says it took.
  func counted() throws -> Int { try difference { $0.taken } }

  private func difference(_ count: (SimulatedNetmapCounters) -> UInt64) throws -> Int {
    try zip(counters(), start).reduce(0) { Int(count($1.0)) - Int(count($1.1)) + $0 }
  }
}

import Netmap
import RingMemory
import Testing

@Suite("Indices that the simulated kernel checks")
struct RingCheckTests {
  /// Indices that are set, and those that are there after the sync.
  struct Step: Sendable {
    var head: UInt32
    var current: UInt32
    var tail: UInt32?
    var expected: String
  }

  static let transmit: [[Step]] = [
    [Step(head: 1024, current: 1024, expected: "0/0/1023")],
    [Step(head: 1023, current: 1024, expected: "0/0/1023")],
    [Step(head: 1024, current: 0, expected: "0/0/1023")],
    [Step(head: .max, current: .max, expected: "0/0/1023")],
    [
      Step(head: 5, current: 3, expected: "5/3/1023"),
      Step(head: 5, current: 3, expected: "5/3/1023"),
      Step(head: 0, current: 0, expected: "0/0/1023"),
    ],
    [
      Step(head: 10, current: 10, expected: "10/10/9"),
      Step(head: 7, current: 7, expected: "7/7/6"),
      Step(head: 20, current: 15, expected: "20/15/6"),
      Step(head: 20, current: 20, expected: "20/20/19"),
      Step(head: 20, current: 30, expected: "20/30/19"),
      Step(head: 20, current: 30, tail: 77, expected: "20/30/19"),
      Step(head: 1024, current: 30, expected: "20/20/19"),
    ],
  ]

  @Test("a ring to send from", arguments: transmit)
  func checksTransmit(_ steps: [Step]) throws {
    let port = try BoundPort(SimulatedNetmapKernel(), "vale0:a")
    let ring = port.transmitRing
    for step in steps {
      ring.head = step.head
      ring.current = step.current
      if let tail = step.tail { ring.setTail(tail, in: port) }
      try port.syncTransmit()
      #expect("\(Indices(ring))" == step.expected)
    }
  }

  @Test("slots that a restart finds wrong are emptied, all round the ring")
  func emptiesSlots() throws {
    let port = try BoundPort(SimulatedNetmapKernel(), "vale0:a")
    let ring = port.transmitRing
    let last = ring[101].bufferIndex
    ring[100].bufferIndex = 0
    ring[101].length = 5000
    ring[102].bufferIndex = 9_999_999
    ring.head = 1024
    try port.syncTransmit()
    #expect(Indices(ring) == Indices(0, 0, 1023))
    #expect(ring[100] == NetmapSlot(bufferIndex: 0, length: 0))
    #expect(ring[101] == NetmapSlot(bufferIndex: last, length: 0))
    #expect(ring[102] == NetmapSlot(bufferIndex: 0, length: 0))
    #expect(ring[103].length == 2048)
  }

  @Test("a head that goes backwards is a whole lap: what lies in the ring is sent")
  func sendsALap() throws {
    let kernel = SimulatedNetmapKernel()
    let port = try BoundPort(kernel, "vale0:a")
    port.transmitRing.head = 10
    port.transmitRing.current = 10
    try port.syncTransmit()
    port.transmitRing.head = 7
    port.transmitRing.current = 7
    try port.syncTransmit()
    #expect(try kernel.counters(of: "vale0:a").taken == 10 + 1021)
  }

  static let receive: [(Step, String, String)] = [
    (Step(head: 1024, current: 1024, expected: "0/0/3"), "0/0/6", "0/0/6"),
    (Step(head: 2, current: 1, expected: "2/1/3"), "2/1/6", "2/1/6"),
    (Step(head: 5, current: 5, expected: "5/5/3"), "5/5/4", "5/5/4"),
    (Step(head: 1023, current: 1023, expected: "1023/1023/3"), "1023/1023/6", "1023/1023/6"),
    (Step(head: 1, current: 4, expected: "1/4/3"), "1/4/6", "1/4/6"),
    (Step(head: 1, current: 3, expected: "1/3/3"), "1/3/6", "1/3/6"),
    (Step(head: 0, current: 3, expected: "0/3/3"), "0/3/6", "0/3/6"),
  ]

  @Test("a ring to receive from, and how it goes on", arguments: receive)
  func checksReceive(_ step: Step, _ after: String, _ later: String) throws {
    let kernel = SimulatedNetmapKernel()
    let sender = try BoundPort(kernel, "vale0:a")
    let receiver = try BoundPort(kernel, "vale0:b")
    let frames = [SentSlot](repeating: SentSlot(bytes: Sample.frame(60)), count: 3)
    try sender.send(frames)
    try receiver.syncReceive()
    #expect("\(Indices(receiver.receiveRing))" == "0/0/3")
    receiver.receiveRing.head = step.head
    receiver.receiveRing.current = step.current
    try receiver.syncReceive()
    #expect("\(Indices(receiver.receiveRing))" == step.expected)
    try sender.send(frames)
    try receiver.syncReceive()
    #expect("\(Indices(receiver.receiveRing))" == after)
    try receiver.syncReceive()
    #expect("\(Indices(receiver.receiveRing))" == later)
  }
}

extension NetmapRing {
  /// Sets the tail as a program that must not would do.
  fileprivate func setTail(_ value: UInt32, in port: BoundPort) {
    let place = Int(port.int64(56)) + 28
    unsafe port.memory.base.storeBytes(of: value, toByteOffset: place, as: UInt32.self)
  }
}

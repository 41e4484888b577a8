import Netmap
import RingMemory
import Testing

@Suite("Polling a simulated port")
struct PollTests {
  @Test("a poll finds room at once, and frames when there are any")
  func finds() throws {
    let link = try SwitchLink()
    let receiver = link.receiver.descriptor
    let ring = link.receiver.receiveRing
    #expect(link.kernel.poll(receiver, for: [.readable, .writable]) == .writable)
    #expect(link.kernel.poll(receiver, for: .readable) == [])
    try link.sender.send(Sample.frame(60))
    #expect(ring.tail == 0)
    #expect(link.kernel.poll(receiver, for: .readable) == .readable)
    #expect(ring.tail == 1)
    #expect(link.kernel.poll(receiver, for: .readable) == .readable)
    ring.current = 1
    #expect(link.kernel.poll(receiver, for: .readable) == [])
    #expect(ring.head == 0)
  }

  @Test("indices that cannot be are an error once")
  func reportsWrongIndices() throws {
    let link = try SwitchLink()
    let receiver = link.receiver.descriptor
    link.receiver.receiveRing.head = 1024
    #expect(link.kernel.poll(receiver, for: .readable) == .error)
    #expect(link.receiver.receiveRing.head == 0)
    #expect(link.kernel.poll(receiver, for: .readable) == [])
    link.receiver.transmitRing.head = 1024
    #expect(link.kernel.poll(receiver, for: .writable) == [.error, .writable])
    #expect(link.receiver.transmitRing.head == 0)
  }

  @Test("what is published is sent by a poll for frames, unless the port was bound without that")
  func sends() throws {
    let link = try SwitchLink()
    link.sender.publish([SentSlot(bytes: Sample.frame(60))])
    #expect(link.kernel.poll(link.sender.descriptor, for: .readable) == [])
    #expect(try link.receiver.take().count == 1)

    let quiet = try BoundPort(
      link.kernel,
      NetmapRegistration(port: "vale0:c", flags: .noTransmitPoll)
    )
    quiet.publish([SentSlot(bytes: Sample.frame(60))])
    #expect(link.kernel.poll(quiet.descriptor, for: .readable) == [])
    #expect(try link.receiver.take().isEmpty)
    #expect(link.kernel.poll(quiet.descriptor, for: .writable) == .writable)
    #expect(try link.receiver.take().count == 1)
  }

  @Test("a card whose wire stands still has no room, until it goes on")
  func hasNoRoom() throws {
    let kernel = try InterfaceTests.kernel(slots: 4)
    let port = try BoundPort(kernel, "eth0")
    try kernel.limitWire("eth0", slotsPerSync: 0)
    try port.send((0..<3).map { SentSlot(bytes: [$0]) })
    #expect(kernel.poll(port.descriptor, for: .writable) == [])
    try kernel.limitWire("eth0", slotsPerSync: 1)
    #expect(kernel.poll(port.descriptor, for: .writable) == .writable)
  }

  @Test("a hook is called after the frames arrived, and may use the kernel")
  func callsHooks() throws {
    let link = try SwitchLink()
    let seen = Seen()
    let kernel = link.kernel
    let descriptor = link.receiver.descriptor
    try kernel.onArrival(descriptor) {
      try? kernel.port.syncReceive(descriptor)
      seen.count()
    }
    try link.sender.send([60, 61].map { SentSlot(bytes: Sample.frame($0)) })
    #expect(seen.value == 1)
    #expect(link.receiver.receiveRing.tail == 2)
    try link.sender.send(Sample.frame(13))
    #expect(seen.value == 1)
    try kernel.onArrival(descriptor, nil)
    try link.sender.send(Sample.frame(60))
    #expect(seen.value == 1)
  }
}

import CAllocationCount
import NetBackend
import RingMemory
import Testing
import XenNetif

#if DEBUG
  private let isOptimised = false
#else
  private let isOptimised = true
#endif

/// Nothing is allocated for a frame, in either direction, whether it lies in one slot or in many.
@Suite(
  .enabled(if: allocation_count_works() == 1, "a sanitizer has allocation for itself"),
  .enabled(if: isOptimised, "what is generic is made anew at each call")
)
struct NetbackAllocationTests {
  private static let frames = 100

  @Test("Sending and receiving allocate nothing", arguments: [60, 1514, 9000, 60_000])
  func exchange(_ length: Int) throws {
    let bench = try BareBench()
    defer { bench.netback.close() }
    try bench.netback.setMTU(65_000)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: length, alignment: 64)
    defer { unsafe memory.deallocate() }
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0x5A, count: length)
    var element = unsafe BufferElement(base: memory, length: UInt(length))
    let sum = try unsafe withUnsafePointer(to: &element) { pointer in
      let list = unsafe UnsafeBufferPointer(start: pointer, count: 1)
      // Once before, for what is made when it is used for the first time.
      try unsafe bench.exchange(Self.frames, length, list)
      allocation_count_begin()
      try unsafe bench.exchange(Self.frames, length, list)
      return allocation_count_end()
    }
    #expect(sum == 0)
    #expect(bench.port.notified > 0)
  }
}

/// A netback over a ``BarePort``, and rings that are written by hand.
private final class BareBench {
  let port: BarePort
  let netback: XenNetback<BarePort>
  private let frontend: Frontend
  private let channel: EventChannel
  private let loop: NetbackLoop
  private var index: UInt32 = 0
  private var posted: UInt32 = 0

  init() throws {
    let hypervisor = SimulatedHypervisor()
    let host = hypervisor.makeDomain(Domain(rawValue: 0)).port
    let guest = hypervisor.makeDomain(Domain(rawValue: 1))
    let directories = InterfaceDirectories(from: Domain(rawValue: 0), to: Domain(rawValue: 1))
    try directories.create(through: host)
    frontend = try Frontend(guest, at: directories)
    port = BarePort(host, pages: try (0..<32).map { (_) in try GuestPage() })
    loop = NetbackLoop { hypervisor.isReadable($0) }
    netback = try XenNetback(OpenRequest(name: "xen:1/0", loop: loop) {}, port: port)
    loop.settle()
    try frontend.connect()
    loop.settle()
    channel = try #require(hypervisor.channels(of: Domain(rawValue: 0)).first)
  }

  /// Sends frames to the frontend, and receives as many from it.
  func exchange(
    _ count: Int,
    _ length: Int,
    _ list: UnsafeBufferPointer<BufferElement>
  ) throws {
    let slots = (length + 4095) / 4096
    for _ in 0..<count {
      post(slots)
      // Not a macro: those allocate.
      let sent = try unsafe netback.send(ScatterGatherList(unsafeElements: list))
      precondition(sent == length)
      publish(slots, length)
      port.raise(channel)
      loop.runFirst()
      let received = try unsafe netback.receive(
        into: MutableScatterGatherList(unsafeElements: list)
      )
      precondition(received == length)
    }
    precondition(frontend.receive.page.ring.responseProducer.load() == posted)
    precondition(frontend.transmit.page.ring.responseProducer.load() == index)
  }

  private func post(_ slots: Int) {
    let ring = frontend.receive.page.ring
    for number in 0..<UInt32(slots) {
      ring.setValue(ReceiveRequest(id: 1, grant: GrantReference(rawValue: number)), at: posted)
      posted &+= 1
    }
    ring.requestProducer.store(posted)
  }

  private func publish(_ slots: Int, _ length: Int) {
    let ring = frontend.transmit.page.ring
    for number in 0..<slots {
      let isLast = number + 1 == slots
      // The first one says how much all have, and its own page is as full as the others.
      let request = TransmitRequest(
        grant: GrantReference(rawValue: UInt32(number)),
        flags: isLast ? [] : .moreData,
        id: UInt16(number),
        size: UInt16(number == 0 ? length : min(4096, length - number * 4096))
      )
      ring.setValue(request, at: index)
      index &+= 1
    }
    ring.requestProducer.store(index)
  }
}

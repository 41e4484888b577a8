import Dispatch
import Foundation
import NetBackend
import RingMemory
import Testing
import XenNetif

@Suite("A netback as a backend")
struct NetbackContractTests {
  @Test(
    "is opened by name",
    arguments: ["xen:1/0", "xen:0001/0"]
  )
  func name(_ text: String) throws {
    let name = try VifName(text)
    #expect(name == VifName(domain: Domain(rawValue: 1), number: 0))
    #expect(name.description == "xen:1/0")
    #expect(name.directory == "backend/vif/1/0")
  }

  @Test(
    "is not opened by other names",
    arguments: [
      "", "xen", "xen:", "xen:1", "xen:1/", "xen:/0", "xen:a/0", "xen:1/0/0", "xen:1/0:1",
      "xen:32752/0", "xen:65536/0", "xen:1/4294967296", "xen:-1/0", "tap:1/0",
    ]
  )
  func otherName(_ text: String) {
    #expect(throws: BackendError.self) { try VifName(text) }
  }

  @Test("is not opened without a frontend in the store")
  func noFrontend() throws {
    let hypervisor = SimulatedHypervisor()
    let port = hypervisor.makeDomain(Domain(rawValue: 0)).port
    let kind = XenNetback.kind(port: port)
    let loop = NetbackLoop { hypervisor.isReadable($0) }
    let request = OpenRequest(name: "xen:1/0", loop: loop) {}
    #expect(throws: BackendError.self) { try BackendRegistry([kind]).open(request) }
    #expect(hypervisor.eventDescriptors(of: Domain(rawValue: 0)).isEmpty)
    #expect(loop.registrationCount == 0)
  }

  @Test("keeps a frame that does not fit")
  func noSpace() throws {
    let bench = try NetbackBench()
    let frame = SampleFrame.plain(100)
    try bench.frontend.transmit.put(frame)
    bench.frontend.transmit.publish()
    bench.loop.settle()
    for isPeeked in [false, true] {
      if isPeeked { #expect(try bench.netback.peekLength() == 100) }
      let error = try #require(throws: BackendError.self) { try bench.receive(room: 99) }
      #expect(error.reason == .noSpace(required: 100))
    }
    #expect(try bench.receive(room: 100) == frame)
    #expect(try bench.netback.peekLength() == nil)
    #expect(try bench.receive() == nil)
    #expect(try bench.netback.discard() == nil)
  }

  @Test("runs the callback while a frame waits and it is wanted")
  func callback() throws {
    let bench = try NetbackBench()
    let frame = SampleFrame.plain(60)
    func publish() throws {
      try bench.frontend.transmit.put(frame)
      bench.frontend.transmit.publish()
    }
    try publish()
    bench.loop.settle()
    #expect(bench.callbacks.value == 0)
    bench.netback.enableReceive()
    bench.loop.turn()
    #expect(bench.callbacks.value == 1)
    bench.loop.turn()
    #expect(bench.callbacks.value == 2)
    bench.netback.disableReceive()
    bench.loop.turn()
    #expect(bench.callbacks.value == 2)
    #expect(try bench.netback.peekLength() == 60)
    bench.netback.enableReceive()
    bench.loop.turn()
    #expect(bench.callbacks.value == 3)
    #expect(try bench.netback.discard() == 60)
    bench.loop.turn()
    #expect(bench.callbacks.value == 3)
    try publish()
    bench.loop.turn()
    #expect(bench.callbacks.value == 4)
  }

  @Test("refuses features and headers that it does not know, and changes nothing then")
  func features() throws {
    let bench = try NetbackBench()
    let offered = try bench.netback.offeredFeatures()
    #expect(offered.lackingDependencies.isEmpty)
    try bench.netback.setFeatures(offered, headerLength: 12)
    let refused: [(VirtioNetFeatures, Int)] = [
      (offered, 0), (offered, 11), ([], 20), ([], -1), (.guestUDP, 12), ([.guestTCP4], 12),
      (.mergeableBuffers, 12),
    ]
    for (features, length) in refused {
      #expect(throws: BackendError.self) {
        try bench.netback.setFeatures(features, headerLength: length)
      }
      #expect(bench.netback.headerLength == 12)
    }
    try bench.netback.setFeatures([], headerLength: 0)
    #expect(bench.netback.headerLength == 0)
  }

  @Test("refuses frames by their length", arguments: [0, 12])
  func lengths(_ header: Int) throws {
    let bench = try NetbackBench()
    if header > 0 { try bench.netback.setFeatures([], headerLength: header) }
    try bench.post(4)
    let rows: [(Int, BackendError.Reason?)] = [
      (0, .emptyFrame), (1, .frameTooShort(minimum: 14 + header)),
      (13 + header, .frameTooShort(minimum: 14 + header)), (14 + header, nil),
      (1514 + header, nil), (1515 + header, .frameTooLong(maximum: 1514 + header)),
      (65_536 + header, .frameTooLong(maximum: 65_535 + header)),
    ]
    for (count, reason) in rows {
      let frame = [UInt8](repeating: 0, count: count)
      guard let reason else {
        #expect(try bench.send(frame) == count)
        continue
      }
      let error = try #require(throws: BackendError.self) { try bench.send(frame) }
      #expect(error.reason == reason)
    }
    #expect(bench.frontend.receive.takeFrames().map(\.bytes.count) == [14, 1514])
  }

  @Test("holds a frontend back while nobody receives, and goes on afterwards")
  func holdsBack() throws {
    let bench = try NetbackBench()
    let pages = try GuestPages(1, of: bench)
    var published: UInt32 = 0
    var received = 0
    for _ in 0..<8 {
      let room = 256 - (published - bench.producedResponses)
      let slots = (0..<room).map { TransmitSlot.data(0, 60, id: UInt16(truncatingIfNeeded: $0)) }
      bench.publish(slots, pages, at: published)
      published += room
    }
    #expect(bench.producedResponses == 1024)
    #expect(published == 1280)
    received = try bench.receiveAll().count
    bench.loop.settle()
    received += try bench.receiveAll().count
    #expect(received == 1280)
    #expect(bench.producedResponses == 1280)
  }

  @Test("sends and receives on two threads while the frontend comes and goes")
  func threads() throws {
    let bench = try NetbackBench()
    let received = CallbackCount()
    let rounds = 30
    let ended = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      while Self.isOpen({ try bench.send(SampleFrame.plain(60)) }) {}
      ended.signal()
    }
    Thread.detachNewThread {
      while Self.isOpen({ if try bench.receive(room: 100) != nil { received.add() } }) {}
      ended.signal()
    }
    Self.drive(bench, rounds) { received.value == rounds * 16 }
    for _ in 0..<2 { ended.wait() }
    #expect(received.value == rounds * 16)
    #expect(bench.holdsNothing(watches: 0))
  }

  /// Lets the frontend connect and leave, and closes the backend when everything has come.
  private static func drive(_ bench: NetbackBench, _ rounds: Int, isDone: () -> Bool) {
    for _ in 0..<rounds {
      _ = try? bench.frontend.receive.post(64)
      bench.frontend.receive.publish()
      for _ in 0..<16 { _ = try? bench.frontend.transmit.put(SampleFrame.plain(60)) }
      bench.frontend.transmit.publish()
      bench.loop.settle()
      for state in [5, 6] { try? bench.setState(ConnectionState(rawValue: state)) }
      bench.frontend.reset()
      for state in [1, 4] { try? bench.setState(ConnectionState(rawValue: state)) }
    }
    while !isDone() { bench.loop.settle() }
    bench.netback.close()
  }

  /// Whether the backend was still open; other errors are those of a frontend that is gone.
  private static func isOpen(_ body: () throws -> some Any) -> Bool {
    do { _ = try body() } catch let error as BackendError { return error.reason != .closed } catch {
    }
    return true
  }
}

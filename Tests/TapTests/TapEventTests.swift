import CallScript
import NetBackend
import Synchronization
import SystemPackage
import Tap
import Testing

@Suite struct TapEventTests {
  @Test("A backend opens disabled")
  func opensDisabled() throws {
    let bench = TapBench()
    let backend = try bench.open()
    try bench.inject(frame(60))
    #expect(bench.loop.turn() == 0)
    backend.enableReceive()
    #expect(bench.loop.turn() == 1)
    backend.disableReceive()
    #expect(bench.loop.turn() == 0)
    #expect(try backend.receiveFrame() == frame(60))
  }

  @Test("A frame that was peeked is announced again, although the device has none")
  func peekedIsPending() throws {
    let bench = TapBench()
    let backend = try bench.open()
    backend.enableReceive()
    try bench.inject(frame(60))
    #expect(try backend.peekLength() == 60)
    backend.disableReceive()
    backend.enableReceive()
    #expect(bench.loop.turn() == 1)
    #expect(try backend.receiveFrame() == frame(60))
    #expect(bench.loop.turn() == 0)
  }

  @Test("A frame kept for lack of room is announced, one discarded no longer")
  func keptIsPending() throws {
    let bench = TapBench()
    let backend = try bench.open()
    backend.enableReceive()
    try bench.inject(frame(60))
    _ = try? backend.receive(10)
    #expect(bench.loop.turn() == 1)
    #expect(try backend.discard() == 60)
    #expect(bench.loop.turn() == 0)
  }

  @Test("Closing ends the registration before it closes the descriptor, each once")
  func close() throws {
    let bench = TapBench()
    let backend = try bench.open()
    backend.enableReceive()
    try bench.inject(frame(60))
    #expect(try backend.peekLength() == 60)
    _ = bench.script.takeEntries()
    backend.close()
    backend.close()
    let entries: [CallRecordEntry] = [
      .loop(.cancelled, descriptor: 3), .call(SystemCall(.close, on: 3)),
    ]
    #expect(bench.script.takeEntries() == entries)
    #expect(bench.script.ledger.closedWatched == 0)
    #expect(bench.loop.turn() == 0)
  }

  /// The calls that a closed backend refuses.
  enum Refused: CaseIterable, Sendable {
    case send, sendTooLong, peek, receive, discard, offered, setFeatures

    func run(_ backend: any NetBackend) throws(BackendError) {
      switch self {
      case .send: _ = try backend.send(frame(60))
      case .sendTooLong: _ = try backend.send(frame(90_000))
      case .peek: _ = try backend.peekLength()
      case .receive: _ = try backend.receive(100)
      case .discard: _ = try backend.discard()
      case .offered: _ = try backend.offeredFeatures()
      case .setFeatures: try backend.setFeatures([], headerLength: 0)
      }
    }
  }

  @Test("A closed backend answers that it is closed", arguments: Refused.allCases)
  func afterClose(call: Refused) throws {
    let bench = TapBench()
    let backend = try bench.open()
    backend.close()
    #expect(reason { () throws(BackendError) in try call.run(backend) } == .closed)
    backend.enableReceive()
    backend.disableReceive()
    #expect(bench.script.count(of: .write) + bench.script.count(of: .read) == 0)
  }

  @Test("A backend that is let go closes itself")
  func letGo() throws {
    let bench = TapBench()
    do { _ = try bench.open() }
    #expect(bench.kernel.openDescriptors.isEmpty)
  }

  @Test("A backend can be closed from its own callback")
  func closeFromCallback() throws {
    let bench = TapBench()
    let opened = Mutex<TapBackend<ScriptedTap<SimulatedTap>>?>(nil)
    let box = CallbackBox()
    let backend = try bench.open { box.run() }
    opened.withLock { $0 = backend }
    box.body.withLock { $0 = { backend.close() } }
    backend.enableReceive()
    try bench.inject(frame(60))
    #expect(bench.loop.turn() == 1)
    #expect(bench.kernel.openDescriptors.isEmpty)
    box.body.withLock { $0 = {} }
  }

  @Test("Opening again starts afresh")
  func reopen() throws {
    let bench = TapBench()
    let first = try bench.open(headerLength: 12, .guestChecksum)
    try bench.inject(frame(60))
    #expect(try first.peekLength() == 72)
    first.close()
    let second = try bench.open()
    #expect(second.headerLength == 0)
    #expect(try second.peekLength() == nil)
    #expect(second.drops == DropCounters())
  }

  @Test("Sending and receiving on two threads neither lose nor mix frames")
  func twoThreads() async throws {
    let bench = TapBench()
    let backend = try bench.open()
    let kernel = bench.kernel
    async let sent: Int = Task.detached {
      for index in 0..<2000 { _ = try backend.send(frame(60 + index % 100)) }
      return kernel.collect(from: "tap0").count
    }.value
    for index in 0..<2000 {
      try bench.inject(frame(60 + index % 100))
      if index.isMultiple(of: 3) { #expect(try backend.peekLength() == 60 + index % 100) }
      #expect(try backend.receiveFrame() == frame(60 + index % 100))
    }
    #expect(try await sent == 2000)
  }
}

/// What a callback is to do, set after the backend that calls it exists.
final class CallbackBox: Sendable {
  let body = Mutex<@Sendable () -> Void>({})

  func run() { body.withLock { $0 }() }
}

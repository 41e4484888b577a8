import Foundation
import NetBackend
import Netmap
import RingMemory
import Synchronization
import SystemPackage
import Testing

@Suite struct ClosingTests {
  @Test func `Closing waits for a call under way, and gives the memory back once`() throws {
    let port = HeldNetmap()
    let request = OpenRequest(name: "netmap:loop0", loop: IdleLoop()) {}
    let backend = try NetmapBackend(request, port: port)
    let threads = DispatchGroup()
    let state = ClosingState()
    DispatchQueue.global().async(group: threads) { _ = try? backend.send(zeros: 60) }
    while !port.isHeld { sched_yield() }
    DispatchQueue.global().async(group: threads) {
      backend.close()
      state.set()
    }
    for _ in 0..<1000 { sched_yield() }
    #expect(!state.hasClosed)
    #expect(port.released == 0)
    port.letGo()
    threads.wait()
    backend.close()
    #expect(state.hasClosed)
    #expect(port.released == 1)
    #expect(port.closed == 1)
    #expect(throws: BackendError.self) { try backend.peekLength() }
  }
}

/// Whether closing has ended.
private final class ClosingState: Sendable {
  private let value = Atomic(false)
  var hasClosed: Bool { value.load(ordering: .acquiring) }
  func set() { value.store(true, ordering: .releasing) }
}

/// A netmap that keeps its first sync waiting until it is told to go on.
private final class HeldNetmap: NetmapPort {
  private let base = LoopedNetmap()
  private let held = Atomic(false)
  private let mayGo = Atomic(false)
  private let counts = Mutex((released: 0, closed: 0))

  var isHeld: Bool { held.load(ordering: .acquiring) }
  var released: Int { counts.withLock { $0.released } }
  var closed: Int { counts.withLock { $0.closed } }
  func letGo() { mayGo.store(true, ordering: .releasing) }

  func map(_ descriptor: Int32, size: Int) throws(Errno) -> SharedMemory {
    let memory = try base.map(descriptor, size: size)
    // The closure keeps the memory until it is given back.
    return unsafe SharedMemory(unsafeMapping: memory.base, count: size) { [memory] (_, _) in
      _ = memory
      self.counts.withLock { $0.released += 1 }
    }
  }

  func syncTransmit(_ descriptor: Int32) throws(Errno) {
    held.store(true, ordering: .releasing)
    while !mayGo.load(ordering: .acquiring) { sched_yield() }
  }

  func close(_ descriptor: Int32) throws(Errno) { counts.withLock { $0.closed += 1 } }

  func open() throws(Errno) -> Int32 { try base.open() }
  func syncReceive(_ descriptor: Int32) throws(Errno) {}
  func headerLength(_ descriptor: Int32, of port: String) throws(Errno) -> Int { 0 }
  func setHeaderLength(_ descriptor: Int32, of port: String, to length: Int) throws(Errno) {}

  func register(
    _ descriptor: Int32,
    _ request: NetmapRegistration
  ) throws(Errno) -> NetmapRegistered { try base.register(descriptor, request) }
}

extension NetBackend {
  /// Sends a frame of so many zeros.
  fileprivate func send(zeros count: Int) throws(BackendError) -> Int? {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
    defer { unsafe memory.deallocate() }
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    var element = unsafe BufferElement(base: memory, length: UInt(count))
    // The element is there for the call, and so is its memory.
    return try unsafe withUnsafePointer(to: &element) { (element) throws(BackendError) in
      let elements = unsafe UnsafeBufferPointer(start: element, count: 1)
      return try send(unsafe ScatterGatherList(unsafeElements: elements))
    }
  }
}

import CAllocationCount
import NetBackend
import Netmap
import RingMemory
import SystemPackage
import Testing

/// Nothing is allocated for a frame, whether it lies in one slot or in many.
@Suite(.enabled(if: allocation_count_works() == 1, "a sanitizer has allocation for itself"))
struct AllocationTests {
  private static let frames = 100

  @Test func `An allocation is counted`() {
    allocation_count_begin()
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 64)
    let count = allocation_count_end()
    unsafe memory.deallocate()
    #expect(count > 0)
  }

  @Test(arguments: [60, 1514, 9000, 65535])
  func `Sending, looking, receiving and discarding allocate nothing`(_ length: Int) throws {
    let port = LoopedNetmap()
    let request = OpenRequest(name: "netmap:loop0", loop: IdleLoop()) {}
    let backend = try NetmapBackend(request, port: port)
    defer { backend.close() }
    let buffers = FrameBuffers(length)
    // Once before, for what is made when it is used for the first time.
    try exchange(2, length, backend, buffers)
    allocation_count_begin()
    try exchange(Self.frames, length, backend, buffers)
    #expect(allocation_count_end() == 0)
  }

  /// Sends frames that come back; every other one is received, the others are discarded.
  private func exchange(
    _ count: Int,
    _ length: Int,
    _ backend: NetmapBackend<LoopedNetmap>,
    _ buffers: FrameBuffers
  ) throws(BackendError) {
    for index in 0..<count {
      let sent = try unsafe backend.send(buffers.list)
      let peeked = try backend.peekLength()
      let taken =
        index % 2 == 0 ? try unsafe backend.receive(into: buffers.list) : try backend.discard()
      // Not a macro: those allocate.
      precondition(sent == length && peeked == length && taken == length)
    }
  }
}

/// Three elements of one piece of memory.
@safe private final class FrameBuffers {
  private let memory: UnsafeMutableRawPointer
  private let elements: UnsafeMutableBufferPointer<BufferElement>

  init(_ length: Int) {
    // Made here and given back with this object; every element lies within.
    unsafe memory = .allocate(byteCount: length, alignment: 64)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0x5A, count: length)
    unsafe elements = .allocate(capacity: 3)
    for (index, (start, end)) in [(0, 10), (10, 41), (41, length)].enumerated() {
      let element = unsafe BufferElement(base: memory + start, length: UInt(end - start))
      unsafe elements.initializeElement(at: index, to: element)
    }
  }

  deinit {
    unsafe memory.deallocate()
    unsafe elements.deallocate()
  }

  var list: UnsafeBufferPointer<BufferElement> { unsafe UnsafeBufferPointer(elements) }
}

extension NetBackend {
  fileprivate func send(_ elements: UnsafeBufferPointer<BufferElement>) throws(BackendError) -> Int?
  {
    // The elements' owner outlives the call.
    try send(unsafe ScatterGatherList(unsafeElements: elements))
  }

  fileprivate func receive(
    into elements: UnsafeBufferPointer<BufferElement>
  ) throws(BackendError) -> Int? {
    // The elements' owner outlives the call.
    try receive(into: unsafe MutableScatterGatherList(unsafeElements: elements))
  }
}

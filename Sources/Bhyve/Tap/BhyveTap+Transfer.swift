internal import Glibc
public import NetBackend
internal import Synchronization
internal import SystemPackage
internal import Tap

extension BhyveTap {
  /// Writes the frame in one system call, and returns whatever that returns.
  ///
  /// Source: bhyve `net_backends.c`, lines 259-263.
  public func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    try checkMemory("netbe_send")
    // The elements are the caller's for the length of the call.
    let elements = unsafe frame.withUnsafeElements { unsafe $0 }
    do throws(Errno) {
      return try unsafe port.write(descriptor, elements: elements.systemElements)
    } catch  where error == .wouldBlock || error == .noBufferSpace {
      return nil
    } catch { throw .failed("writev", name, .init(writing: error), error) }
  }

  /// The length of the frame in the bounce buffer, which is filled first if it is empty.
  ///
  /// Source: bhyve `net_backends.c`, lines 265-293.
  public func peekLength() throws(BackendError) -> Int? {
    try checkMemory("netbe_peek_recvlen")
    return try bounce.withLock { (bounce) throws(BackendError) -> Int? in
      if bounce.length > 0 { return bounce.length }
      let count = try unsafe bounce.bytes.withElement { (element) throws(BackendError) -> Int in
        try unsafe read("read", element)
      }
      bounce.length = count
      return count == 0 ? nil : count
    }
  }

  /// Empties the bounce buffer into the elements, as far as they go, or else reads from the device.
  ///
  /// Source: bhyve `net_backends.c`, lines 295-321.
  public func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int?
  {
    try checkMemory("netbe_recv")
    // The elements are the caller's for the length of the call.
    let elements = unsafe buffers.withUnsafeElements { unsafe $0 }
    let count = try bounce.withLock { (bounce) throws(BackendError) -> Int in
      guard bounce.length > 0 else { return try unsafe read("readv", elements.systemElements) }
      defer { bounce.length = 0 }
      return unsafe bounce.bytes.withUnsafeBytes { memory in
        let held = unsafe UnsafeRawBufferPointer(rebasing: memory[..<bounce.length])
        return unsafe MutableScatterGatherList(unsafeElements: elements).store(held)
      }
    }
    return count == 0 ? nil : count
  }

  /// Receives into a buffer that nobody looks at.
  ///
  /// Source: bhyve `net_backends.c`, lines 866-881.
  public func discard() throws(BackendError) -> Int? {
    // One for each call: that the seed has a single one for all backends has no consequence.
    var scratch = [UInt8](repeating: 0, count: Self.discardSize)
    return try unsafe scratch.withElement { (element) throws(BackendError) -> Int? in
      let elements = unsafe UnsafeRawBufferPointer(element).assumingMemoryBound(
        to: BufferElement.self
      )
      return try unsafe receive(into: MutableScatterGatherList(unsafeElements: elements))
    }
  }

  /// Reads once; 0 if the call would block.
  private func read(
    _ call: String,
    _ elements: UnsafeBufferPointer<iovec>
  ) throws(BackendError) -> Int {
    do throws(Errno) {
      return try unsafe port.read(descriptor, elements: elements)
    } catch  where error == .wouldBlock {
      return 0
    } catch { throw .failed(call, name, .init(reading: error), error) }
  }
}

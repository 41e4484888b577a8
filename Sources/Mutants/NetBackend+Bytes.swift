internal import NetBackend

// Frames as arrays, for backends that do wrong things with them.
extension NetBackend {
  /// Receives the next frame into `room` bytes.
  func takeFrame(room: Int = 70_000) throws(BackendError) -> [UInt8]? {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 16)
    defer { unsafe memory.deallocate() }
    let element = unsafe BufferElement(base: memory.baseAddress, length: UInt(memory.count))
    let length = try unsafe withList(element) { (list) throws(BackendError) in
      // The memory lives until the end of this function.
      try unsafe receive(into: MutableScatterGatherList(unsafeElements: list))
    }
    return length.map { unsafe Array(memory.prefix($0)) }
  }

  /// Sends a frame.
  func send(bytes: [UInt8]) throws(BackendError) -> Int? {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    defer { unsafe memory.deallocate() }
    unsafe memory.copyBytes(from: bytes)
    return try unsafe send(from: UInt(bitPattern: memory.baseAddress), UInt(bytes.count))
  }

  /// Sends `length` bytes of memory that the caller answers for.
  @unsafe func send(from address: UInt, _ length: UInt) throws(BackendError) -> Int? {
    let base = unsafe UnsafeMutableRawPointer(bitPattern: address)
    return try unsafe withList(BufferElement(base: base, length: length)) {
      (list) throws(BackendError) in
      try unsafe send(ScatterGatherList(unsafeElements: list))
    }
  }

  private func withList(
    _ element: BufferElement,
    _ body: (UnsafeBufferPointer<BufferElement>) throws(BackendError) -> Int?
  ) throws(BackendError) -> Int? {
    let list = UnsafeMutableBufferPointer<BufferElement>.allocate(capacity: 1)
    defer { unsafe list.deallocate() }
    unsafe list.initialize(repeating: element)
    return try unsafe body(UnsafeBufferPointer(list))
  }
}

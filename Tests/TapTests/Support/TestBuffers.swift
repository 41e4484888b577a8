import NetBackend

/// Memory for a scatter-gather list in a test.
@safe struct TestBuffers: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer
  private let elements: UnsafeMutableBufferPointer<BufferElement>
  private let room: Int

  /// Elements of these lengths in bytes, filled with `fill`.
  ///
  /// A length above `backed` is only claimed.
  init(_ lengths: [UInt], fill: UInt8 = 0xAA, backed: UInt = 1 << 20) {
    room = lengths.reduce(0) { $0 + Int(min($1, backed)) }
    unsafe memory = .allocate(byteCount: max(room, 1), alignment: 16)
    unsafe memory.initializeMemory(as: UInt8.self, repeating: fill)
    unsafe elements = .allocate(capacity: max(lengths.count, 1))
    var offset = 0
    for (index, length) in lengths.enumerated() {
      let base = unsafe length == 0 ? nil : memory.baseAddress.map { unsafe $0 + offset }
      unsafe elements.initializeElement(
        at: index,
        to: BufferElement(base: base, length: length)
      )
      offset += Int(min(length, backed))
    }
    count = lengths.count
  }

  private let count: Int

  /// Elements that hold these pieces.
  init(holding pieces: [[UInt8]]) {
    self.init(pieces.map { UInt($0.count) })
    var offset = 0
    for piece in pieces {
      for byte in piece {
        unsafe memory[offset] = byte
        offset += 1
      }
    }
  }

  deinit {
    unsafe memory.deallocate()
    unsafe elements.deallocate()
  }

  /// All bytes behind the elements, in order.
  var bytes: [UInt8] { unsafe Array(memory.prefix(room)) }

  func send(to backend: any NetBackend) throws(BackendError) -> Int? {
    try unsafe backend.send(ScatterGatherList(unsafeElements: list))
  }

  func receive(from backend: any NetBackend) throws(BackendError) -> Int? {
    try unsafe backend.receive(into: MutableScatterGatherList(unsafeElements: list))
  }

  private var list: UnsafeBufferPointer<BufferElement> {
    unsafe UnsafeBufferPointer(rebasing: elements[..<count])
  }
}

/// A frame as it came out of a list: its length, and all bytes behind the elements.
struct Received: Equatable {
  var length: Int
  var bytes: [UInt8]

  /// The frame itself.
  var frame: [UInt8] { Array(bytes.prefix(length)) }
  /// Whether every byte behind the frame is as it was.
  var restIsUntouched: Bool { bytes.dropFirst(length).allSatisfy { $0 == 0xAA } }
}

extension NetBackend {
  /// Sends the pieces as one frame.
  func send(_ pieces: [UInt8]...) throws(BackendError) -> Int? {
    try TestBuffers(holding: pieces).send(to: self)
  }

  /// Receives into elements of these lengths in bytes.
  func receive(_ lengths: UInt...) throws(BackendError) -> Received? {
    let buffers = TestBuffers(lengths)
    guard let length = try buffers.receive(from: self) else { return nil }
    return Received(length: length, bytes: buffers.bytes)
  }

  /// Receives one frame of any length.
  func receiveFrame() throws(BackendError) -> [UInt8]? { try receive(70_000)?.frame }
}

/// The reason with which a call fails, `nil` if it does not.
func reason(_ body: () throws(BackendError) -> Void) -> BackendError.Reason? {
  do throws(BackendError) {
    try body()
    return nil
  } catch {
    return error.reason
  }
}

/// A frame of the suite's EtherType, `length` bytes long, filled from `seed` on.
func frame(_ length: Int, seed: UInt8 = 0) -> [UInt8] {
  let head: [UInt8] = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xB5]
  return head + (0..<max(0, length - 14)).map { UInt8(truncatingIfNeeded: $0) &+ seed }
}

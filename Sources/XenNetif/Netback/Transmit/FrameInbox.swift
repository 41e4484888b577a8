internal import DequeModule
internal import NetBackend
internal import RingMemory
internal import SystemPackage

/// The frames that frontends have sent, oldest first, as the caller gets them.
struct FrameInbox {
  /// What the caller gets next.
  @safe struct Front {
    /// The frame's first byte.
    var bytes: UnsafeRawPointer
    /// Its bytes, without a vnet header.
    var length: Int
    /// What the vnet header says.
    var header: VirtioNetHeader
  }

  /// As many frames are taken before the frontend has to wait.
  private static var limit: Int { 1024 }

  /// What the caller gets in front of frames.
  var form = HeaderForm()
  /// The frames that nobody could be given, because they cannot be cut; for whoever counts them.
  var uncuttable: UInt64 = 0

  private var frames = Deque<GuestFrame>()
  private var arena: FrameArena
  /// Where segments are made.
  private let segment: SharedMemory
  /// The cutting of the first frame, if it is cut, and the segment that is next.
  private var cutting: (cutter: FrameCutter, index: Int)?
  /// Whether what the caller does not take over has been done to the first frame.
  private var isPrepared = false

  init() throws(Errno) {
    arena = try FrameArena(count: 4 << 20)
    segment = try SharedMemory.scratch(count: 1 << 17)
  }

  /// Whether nothing waits.
  var isEmpty: Bool { frames.isEmpty }

  /// Whether the frontend has to wait until frames are received.
  var isFull: Bool { frames.count >= Self.limit }

  /// Finds room for the bytes of a frame; `nil` if there is none.
  mutating func reserve(_ length: Int) -> Int? { arena.reserve(length) }

  /// Begins with room for new frames, of which none has been reserved yet.
  mutating func begin() { if frames.isEmpty { arena.reset() } }

  /// Gives back the room that was found last.
  mutating func unreserve(_ start: Int) { arena.unreserve(start) }

  /// The address of a place in the memory.
  func address(_ place: Int) -> UnsafeMutableRawPointer { unsafe arena.address(place) }

  /// Lets a frame wait whose bytes are in their place.
  mutating func append(_ frame: GuestFrame) { frames.append(frame) }

  /// Takes away what ``front()`` gave.
  mutating func removeFront() {
    if let (cutter, index) = cutting, index + 1 < cutter.segmentCount {
      cutting = (cutter, index + 1)
      writeSegment()
    } else {
      removeFrame()
    }
  }

  /// What the caller gets next; `nil` if nothing waits.
  mutating func front() -> Front? {
    while let frame = frames.first {
      if isPrepared || prepare(frame) { return describe(frame) }
      uncuttable += 1
      removeFrame()
    }
    return nil
  }
}

extension FrameInbox {
  private mutating func removeFrame() {
    let frame = frames.removeFirst()
    arena.release(through: frame.start + frame.length)
    cutting = nil
    isPrepared = false
  }

  /// Does to a frame what the caller does not take over.
  ///
  /// - Returns: Whether that was possible.
  private mutating func prepare(_ frame: GuestFrame) -> Bool {
    isPrepared = true
    let bytes = unsafe arena.address(frame.start)
    if let segmentation = frame.offload.segmentation, !form.takes(segmentation) {
      guard
        let cutter = unsafe FrameCutter(
          bytes,
          count: frame.length,
          size: segmentation.size,
          checksum: .complete
        )
      else { return false }
      cutting = (cutter, 0)
      writeSegment()
    } else if let checksum = frame.offload.checksum, form.length == 0 || !form.takesChecksum {
      unsafe checksum.complete(bytes, count: frame.length)
      frames[0].offload.checksum = nil
    }
    return true
  }

  private func writeSegment() {
    guard let (cutter, index) = cutting else { return }
    unsafe cutter.write(index, of: arena.address(frames[0].start), to: segment.base)
  }

  private func describe(_ frame: GuestFrame) -> Front {
    guard let (cutter, index) = cutting else {
      return unsafe Front(
        bytes: UnsafeRawPointer(arena.address(frame.start)),
        length: frame.length,
        header: header(of: frames[0])
      )
    }
    return unsafe Front(
      bytes: UnsafeRawPointer(segment.base),
      length: cutter.length(of: index),
      header: VirtioNetHeader()
    )
  }
}

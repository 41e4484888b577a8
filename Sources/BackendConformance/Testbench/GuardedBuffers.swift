internal import NetBackend

/// The buffers that are handed to a backend: against unreadable pages, filled with a pattern, canaries
/// between them, read-only where the backend may only read.
@safe final class GuardedBuffers {
  private static let poison: UInt8 = 0xA5

  private var memory: GuardedMemory
  private var elements: [BufferElement] = unsafe []
  private var layout = BufferLayout([])
  /// The layout made last: most calls are like the one before.
  private var placed: (lengths: [UInt], layout: BufferLayout?) = ([], BufferLayout([]))
  private(set) var breaches: [Breach] = []

  init() throws(BenchError) {
    memory = try GuardedMemory.take()
  }

  deinit { GuardedMemory.giveBack(memory) }

  /// Calls `body` with one frame of a run, split into elements of these lengths.
  ///
  /// The frame's memory is overwritten afterwards: whoever kept the buffers sends rubbish.
  func withFrame<Value>(
    _ frame: FramePattern,
    round: Int,
    elements lengths: [Int],
    _ body: (borrowing ScatterGatherList) -> Value
  ) -> Value? {
    guard lengths.isEmpty || lengths.reduce(0, +) == frame.totalLength else { return nil }
    let lengths = lengths.isEmpty ? [UInt(frame.totalLength)] : lengths.map { UInt($0) }
    guard let layout = place(lengths) else { return nil }
    write(frame, round: round, to: layout)
    unsafe setElements(lengths, layout) { unsafe memory.readOnly($0) }
    let value = unsafe withElements { unsafe body(ScatterGatherList(unsafeElements: $0)) }
    checkElements(lengths)
    for (offset, length) in zip(layout.offsets, layout.backed) {
      unsafe memory.writable(offset).initializeMemory(
        as: UInt8.self,
        repeating: 0xEE,
        count: length
      )
    }
    takeFaults()
    return value
  }

  /// Calls `body` with elements that claim these lengths; behind each are zeros, but not as many.
  func withClaims<Value>(
    _ lengths: [UInt],
    _ body: (borrowing ScatterGatherList) -> Value
  ) -> Value {
    let small = lengths.map { min($0, 64) }
    guard let layout = BufferLayout(small) else { preconditionFailure("claims are small") }
    for (offset, length) in zip(layout.offsets, layout.backed) {
      unsafe memory.writable(offset).initializeMemory(as: UInt8.self, repeating: 0, count: length)
    }
    unsafe setElements(lengths, layout) { unsafe memory.readOnly($0) }
    let value = unsafe withElements { unsafe body(ScatterGatherList(unsafeElements: $0)) }
    takeFaults()
    return value
  }

  /// Calls `body` with empty elements of these lengths to receive into.
  func withRoom<Value>(
    _ lengths: [UInt],
    _ body: (borrowing MutableScatterGatherList) -> Value
  ) -> Value? {
    guard let layout = place(lengths) else { return nil }
    self.layout = layout
    for (offset, length) in zip(layout.offsets, layout.backed) { poison(offset, length) }
    unsafe setElements(lengths, layout) { unsafe memory.writable($0) }
    return unsafe withElements { unsafe body(MutableScatterGatherList(unsafeElements: $0)) }
  }

  /// Summarises the frame of `length` bytes that was received, and checks that nothing else changed.
  func received(_ length: Int) -> FrameSummary {
    guard let layout else { return FrameSummary([]) }
    var pieces: [UnsafeRawBufferPointer] = unsafe []
    var left = length
    for (offset, room) in zip(layout.offsets, layout.backed) {
      let used = min(room, max(0, left))
      unsafe pieces.append(UnsafeRawBufferPointer(start: memory.writable(offset), count: used))
      left -= used
      checkPoison(offset + used, room - used, "beyond the frame")
    }
    var summary = unsafe summarise(pieces)
    summary.length = length
    return summary
  }

  private func summarise(_ pieces: [UnsafeRawBufferPointer]) -> FrameSummary {
    if unsafe pieces.count == 1 { return unsafe FrameSummary(pieces[0]) }
    return FrameSummary(unsafe pieces.reduce(into: []) { unsafe $0.append(contentsOf: $1) })
  }

  /// Checks that no byte of the elements changed.
  func checkUntouched() {
    guard let layout else { return }
    for (offset, room) in zip(layout.offsets, layout.backed) {
      checkPoison(offset, room, "although nothing was received")
    }
  }

  /// Checks what lies around the elements, and forgets them.
  func finishRoom() {
    for offset in layout?.offsets ?? [] {
      checkPoison(offset - BufferLayout.canary, BufferLayout.canary, "in front of an element")
    }
    layout = BufferLayout([])
    takeFaults()
  }

  /// The rules that were broken since the last call.
  func takeBreaches() -> [Breach] {
    guard !breaches.isEmpty else { return [] }
    defer { breaches = [] }
    return breaches
  }

  private func place(_ lengths: [UInt]) -> BufferLayout? {
    if lengths != placed.lengths { placed = (lengths, BufferLayout(lengths)) }
    return placed.layout
  }

  private func setElements(
    _ lengths: [UInt],
    _ layout: BufferLayout,
    base: (Int) -> UnsafeMutableRawPointer
  ) {
    unsafe elements.removeAll(keepingCapacity: true)
    for (index, length) in lengths.enumerated() {
      let start = length == 0 ? nil : unsafe base(layout.offsets[index])
      unsafe elements.append(BufferElement(base: start, length: length))
    }
  }

  private func withElements<Value>(
    _ body: (UnsafeBufferPointer<BufferElement>) -> Value
  ) -> Value {
    // The memory lives as long as this object, and so longer than the call.
    unsafe elements.withUnsafeBufferPointer { unsafe body($0) }
  }

  private func checkElements(_ lengths: [UInt]) {
    for (index, length) in lengths.enumerated() where unsafe elements[index].length != length {
      breaches.append(.strayBytes("element \(index) of the list was changed"))
    }
  }

  private func write(_ frame: FramePattern, round: Int, to layout: BufferLayout) {
    if layout.offsets.count == 1 {
      let target = unsafe UnsafeMutableRawBufferPointer(
        start: memory.writable(layout.offsets[0]),
        count: frame.totalLength
      )
      unsafe frame.write(round, to: target)
      return
    }
    var rest = frame.contents(round)[...]
    for (offset, length) in zip(layout.offsets, layout.backed) {
      let target = unsafe UnsafeMutableRawBufferPointer(
        start: memory.writable(offset),
        count: length
      )
      unsafe target.copyBytes(from: rest.prefix(length))
      rest = rest.dropFirst(length)
    }
  }

  private func poison(_ offset: Int, _ length: Int) {
    let canary = BufferLayout.canary
    unsafe memory.writable(offset - canary)
      .initializeMemory(as: UInt8.self, repeating: Self.poison, count: length + canary)
  }

  private func checkPoison(_ offset: Int, _ length: Int, _ place: String) {
    guard length > 0 else { return }
    let start = unsafe memory.writable(offset)
    var difference: UInt8 = 0
    for index in 0..<length {
      // In bounds: the caller names bytes of an element or of the canary in front of it.
      difference |= unsafe start.load(fromByteOffset: index, as: UInt8.self) ^ Self.poison
    }
    guard difference != 0 else { return }
    let bytes = unsafe UnsafeRawBufferPointer(start: start, count: length)
    let first = unsafe bytes.firstIndex { $0 != Self.poison } ?? 0
    breaches.append(.strayBytes("byte \(first) of \(length) \(place) was changed"))
  }

  private func takeFaults() {
    var hasFault = false
    while let fault = memory.takeFault() {
      hasFault = true
      breaches.append(.strayAccess(fault))
    }
    // A page that was touched stays open, so the memory is replaced.
    if hasFault, let fresh = try? GuardedMemory.take() { memory = fresh }
  }
}

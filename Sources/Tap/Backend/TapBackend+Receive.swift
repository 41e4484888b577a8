internal import CallGate
internal import Glibc
public import NetBackend
internal import Synchronization
internal import SystemPackage

// One function from the caller to Linux, as with sending.
extension TapBackend {
  /// Reads the next frame into the bounce buffer, if it is not there already, and tells its length.
  public func peekLength() throws(BackendError) -> Int? {
    let answer = try gate.receiving { (side) throws(BackendError) in try fill(&side) }
    guard let answer else { throw failure(.closed, "peekLength") }
    return answer
  }

  /// Consumes the frame in the bounce buffer, or else the next one of the device, however long.
  public func discard() throws(BackendError) -> Int? {
    let answer = try gate.receiving { (side) throws(BackendError) in try discard(&side) }
    guard let answer else { throw failure(.closed, "discard") }
    return answer
  }

  /// Delivers the frame in the bounce buffer, or else reads the next one into the elements.
  public func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int?
  {
    let capacity = buffers.capacity
    // The elements are used within the call alone.
    let elements = unsafe buffers.withUnsafeElements { unsafe $0 }
    guard var call = gate.receivingAtOnce() else {
      return try unsafe receiveInTurn(elements, capacity)
    }
    guard let form = call.value.form, unsafe Self.isPlain(elements, call.value) else {
      return try unsafe deliver(elements, capacity, &call.value)
    }
    let count = unsafe read(elements, capacity, form, &call.value)
    let length = count &- form.hidden
    if count >= form.onDevice && length > 0 && length <= min(capacity, Self.maximumLength)
      && !call.value.ended && form.inUse < 12
    {
      return length
    }
    return try unsafe settle(count, elements, capacity, form, &call.value)
  }

  /// Receives a frame once nobody has the backend alone.
  @inline(never)
  private func receiveInTurn(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ capacity: Int
  ) throws(BackendError) -> Int? {
    let answer = try gate.receiving { (side) throws(BackendError) in
      guard let form = side.form, unsafe Self.isPlain(elements, side) else {
        return try unsafe deliver(elements, capacity, &side)
      }
      let count = unsafe read(elements, capacity, form, &side)
      return try unsafe settle(count, elements, capacity, form, &side)
    }
    guard let answer else { throw failure(.closed, "receive") }
    return answer
  }

  /// Whether the next frame can be read into the caller's own buffers.
  @inline(__always)
  private static func isPlain(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ side: borrowing TapReceiveSide
  ) -> Bool {
    side.held == nil && elements.count <= TapVector.limit - 2
  }

  /// Reads the next frame into the caller's buffers, and what does not fit into the bounce buffer.
  ///
  /// - Returns: The bytes read, or the number of an error above `.min`.
  @inline(__always)
  private func read(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ capacity: Int,
    _ form: TapHeaderForm,
    _ side: inout TapReceiveSide
  ) -> Int {
    unsafe side.makeVector(form, elements, capacity)
    return unsafe read(side.vector.elements)
  }
}

extension TapBackend {
  private func discard(_ side: inout TapReceiveSide) throws(BackendError) -> Int? {
    if let held = side.held {
      release(&side)
      return held
    }
    let form = try knownForm(side)
    side.beginVector(form)
    // The same memory several times over: nobody looks at the bytes, only their number counts.
    for _ in 0..<4 { unsafe side.vector.append(side.bounce.bytes()) }
    return try readFrame(&side, form)
  }

  /// Reads the next frame into the bounce buffer, unless one is there already.
  private func fill(_ side: inout TapReceiveSide) throws(BackendError) -> Int? {
    if let held = side.held { return held }
    let form = try knownForm(side)
    side.beginVector(form)
    unsafe side.vector.append(side.bounce.bytes())
    guard let length = try readFrame(&side, form) else { return nil }
    if let tooLong = objection(to: length) { throw tooLong }
    hold(length, &side, form)
    return length
  }

  /// Delivers the frame in the bounce buffer, which is filled first if it is empty.
  @inline(never)
  private func deliver(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ capacity: Int,
    _ side: inout TapReceiveSide
  ) throws(BackendError) -> Int? {
    guard let length = try fill(&side) else { return nil }
    guard length <= capacity else { throw failure(.noSpace(required: length), "receive") }
    // The elements are the caller's for the length of the call.
    unsafe MutableScatterGatherList(unsafeElements: elements).store(
      side.bounce.frame(length: length)
    )
    release(&side)
    return length
  }

  /// What it means that the device gave `count` bytes for the caller's buffers.
  @inline(never)
  private func settle(
    _ count: Int,
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ capacity: Int,
    _ form: TapHeaderForm,
    _ side: inout TapReceiveSide
  ) throws(BackendError) -> Int? {
    guard let length = try explain(count, &side, form) else { return nil }
    guard length <= min(capacity, Self.maximumLength) else {
      throw unsafe overflow(elements, capacity, length, &side, form)
    }
    if form.inUse == 12 { unsafe storeBufferCount(elements, length) }
    return length
  }

  /// Completes the frame in the bounce buffer, of which it has only what did not fit the elements.
  ///
  /// - Returns: What the caller is told.
  private func overflow(
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ capacity: Int,
    _ length: Int,
    _ side: inout TapReceiveSide,
    _ form: TapHeaderForm
  ) -> BackendError {
    if let tooLong = objection(to: length) { return tooLong }
    let head = unsafe UnsafeMutableRawBufferPointer(rebasing: side.bounce.bytes()[..<capacity])
    // The elements are the caller's for the length of the call.
    _ = unsafe ScatterGatherList(unsafeElements: elements).copyBytes(to: head)
    hold(length, &side, form)
    return failure(.noSpace(required: length), "receive")
  }

  /// Says that the frame lies in one buffer; the device leaves these two bytes zero.
  private func storeBufferCount(_ elements: UnsafeBufferPointer<BufferElement>, _ length: Int) {
    guard length >= 12 else { return }
    unsafe withUnsafeBytes(of: UInt16(1).littleEndian) { count in
      // The elements are the caller's for the length of the call.
      _ = unsafe MutableScatterGatherList(unsafeElements: elements).store(count, at: 10)
    }
  }

  private func hold(_ length: Int, _ side: inout TapReceiveSide, _ form: TapHeaderForm) {
    if form.inUse == 12 && length >= 12 {
      unsafe side.bounce.bytes().storeBytes(
        of: UInt16(1).littleEndian,
        toByteOffset: 10,
        as: UInt16.self
      )
    }
    side.held = length
    registration.setPending(true)
  }

  private func release(_ side: inout TapReceiveSide) {
    side.held = nil
    registration.setPending(false)
  }

  /// Drops a frame that was read under another form of the header.
  func dropStale(_ side: inout TapReceiveSide) {
    guard side.held != nil else { return }
    counters.receiveStale.add(1, ordering: .relaxed)
    release(&side)
  }
}

extension TapBackend {
  private func knownForm(_ side: borrowing TapReceiveSide) throws(BackendError) -> TapHeaderForm {
    guard let form = side.form else { throw failure(.disconnected, "TUNSETVNETHDRSZ") }
    return form
  }

  /// What is to be said against a frame of `length` bytes that was read; `nil` if nothing is.
  private func objection(to length: Int) -> BackendError? {
    guard length > Self.maximumLength else { return nil }
    counters.receiveTooLong.add(1, ordering: .relaxed)
    return failure(.frameTooLong(maximum: Self.maximumLength), "readv")
  }

  /// Reads one frame into the vector.
  ///
  /// - Returns: Its length in bytes without a header that the caller does not use.
  private func readFrame(
    _ side: inout TapReceiveSide,
    _ form: TapHeaderForm
  ) throws(BackendError) -> Int? {
    try explain(unsafe read(side.vector.elements), &side, form)
  }

  /// Reads from the device, in one call that is repeated only if a signal interrupted it.
  ///
  /// - Returns: The bytes read, or the number of an error above `.min`.
  @inline(__always)
  private func read(_ elements: UnsafeBufferPointer<iovec>) -> Int {
    while true {
      do throws(Errno) {
        return callsLinux
          ? try unsafe LinuxTap.read(descriptor, elements)
          : try unsafe port.read(descriptor, elements: elements)
      } catch  where error != .interrupted {
        return .min + Int(error.rawValue)
      } catch {}
    }
  }

  /// What it means that the device gave `count` bytes.
  ///
  /// - Returns: The length of the frame in bytes without a header that the caller does not use.
  @inline(never)
  private func explain(
    _ count: Int,
    _ side: inout TapReceiveSide,
    _ form: TapHeaderForm
  ) throws(BackendError) -> Int? {
    guard count > 0 else {
      if count == 0 { throw ended(.disconnected, nil, &side) }
      let errno = Errno(rawValue: Int32(truncatingIfNeeded: count - .min))
      guard errno != .wouldBlock else { return nil }
      throw ended(.init(reading: errno), errno, &side)
    }
    if side.ended { resume(&side) }
    guard count >= form.onDevice else {
      throw failure(.frameTooShort(minimum: form.onDevice), "readv")
    }
    return count - form.hidden
  }

  private func resume(_ side: inout TapReceiveSide) {
    side.ended = false
    resumeCallbacks()
  }

  private func ended(
    _ reason: BackendError.Reason,
    _ errno: Errno?,
    _ side: inout TapReceiveSide
  ) -> BackendError {
    if reason == .disconnected {
      side.ended = true
      suspendCallbacks()
    }
    return failure(reason, "readv", errno)
  }
}

extension TapReceiveSide {
  /// Makes the list of the caller's buffers; what does not fit goes to the bounce buffer, in its place.
  fileprivate mutating func makeVector(
    _ form: TapHeaderForm,
    _ elements: UnsafeBufferPointer<BufferElement>,
    _ capacity: Int
  ) {
    let room = min(capacity, bounce.count)
    beginVector(form)
    unsafe vector.append(elements, room: room)
    unsafe vector.append(bounce.start + room, bounce.count &- room)
  }

  /// Begins a list of buffers with room for a header that the caller does not see.
  fileprivate mutating func beginVector(_ form: TapHeaderForm) {
    vector.clear()
    unsafe vector.append(hidden.start, form.hidden)
  }
}

internal import NetBackend

/// A backend of which single calls are replaced.
final class TamperedBackend: WrongBackend {
  /// A frame to send, as the caller gave it.
  struct SentFrame {
    var bytes: [UInt8]
    var elements: [Int]
  }

  /// The calls that are replaced; each is given the right backend.
  struct Changes: Sendable {
    /// Replaces `send`.
    var send: (@Sendable (any NetBackend, SentFrame) throws(BackendError) -> Int?)?
    /// Replaces `peekLength`.
    var peek: (@Sendable (any NetBackend) throws(BackendError) -> Int?)?
    /// Goes before `receive`.
    var beforeReceive: (@Sendable (any NetBackend) throws(BackendError) -> Void)?
    /// Changes what `receive` has found; returns how many of the first bytes stay unwritten.
    var received: (@Sendable (any NetBackend, inout [UInt8]) throws(BackendError) -> Int)?
    /// Replaces `receive`; is given the room, and returns the frame.
    var take: (@Sendable (any NetBackend, Int) throws(BackendError) -> [UInt8]?)?
    /// Replaces `discard`.
    var discard: (@Sendable (any NetBackend) throws(BackendError) -> Int?)?
    /// Replaces `offeredFeatures`.
    var offered: (@Sendable (any NetBackend) throws(BackendError) -> VirtioNetFeatures)?
    /// Replaces `setFeatures`.
    var set: (@Sendable (any NetBackend, VirtioNetFeatures, Int) throws(BackendError) -> Void)?
    /// Replaces `headerLength`.
    var headerLength: (@Sendable (any NetBackend) -> Int)?
    /// Replaces `close`.
    var close: (@Sendable (any NetBackend) -> Void)?
    /// Replaces `drops`.
    var drops: (@Sendable (DropCounters) -> DropCounters)?
    /// Replaces every error.
    var failure: (@Sendable (BackendError) -> BackendError)?

    /// Replaces the calls that `change` sets.
    init(_ change: (inout Changes) -> Void) { change(&self) }
  }

  let base: any NetBackend
  private let changes: Changes

  init(_ base: any NetBackend, _ request: OpenRequest) {
    self.base = base
    changes = Changes { _ in }
  }

  init(_ base: any NetBackend, changes: Changes) {
    self.base = base
    self.changes = changes
  }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    guard let send = changes.send, let bytes = frame.bytes() else {
      do throws(BackendError) { return try base.send(frame) } catch { throw failure(error) }
    }
    let elements = unsafe frame.withUnsafeElements { list in
      list.indices.map { unsafe Int(list[$0].length) }
    }
    return try send(base, SentFrame(bytes: bytes, elements: elements))
  }

  func peekLength() throws(BackendError) -> Int? {
    guard let peek = changes.peek else { return try base.peekLength() }
    return try peek(base)
  }

  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    try changes.beforeReceive?(base)
    if let take = changes.take {
      guard let bytes = try take(base, buffers.capacity) else { return nil }
      buffers.store(bytes)
      return bytes.count
    }
    guard let received = changes.received else {
      do throws(BackendError) { return try base.receive(into: buffers) } catch {
        throw failure(error)
      }
    }
    guard var bytes = try base.takeFrame(room: min(buffers.capacity, 70_000)) else { return nil }
    let unwritten = try received(base, &bytes)
    // The bytes live as long as the call.
    unsafe bytes.withUnsafeBytes { source in
      _ = unsafe buffers.store(
        UnsafeRawBufferPointer(rebasing: source[min(unwritten, source.count)...]),
        at: unwritten
      )
    }
    return bytes.count
  }

  func discard() throws(BackendError) -> Int? {
    guard let discard = changes.discard else { return try base.discard() }
    return try discard(base)
  }

  func offeredFeatures() throws(BackendError) -> VirtioNetFeatures {
    guard let offered = changes.offered else { return try base.offeredFeatures() }
    return try offered(base)
  }

  func setFeatures(_ features: VirtioNetFeatures, headerLength: Int) throws(BackendError) {
    if let set = changes.set { return try set(base, features, headerLength) }
    do throws(BackendError) {
      try base.setFeatures(features, headerLength: headerLength)
    } catch { throw failure(error) }
  }

  var headerLength: Int { changes.headerLength?(base) ?? base.headerLength }

  func close() {
    guard let close = changes.close else { return base.close() }
    close(base)
  }

  var drops: DropCounters {
    let right = (base as? any DropCounting)?.drops ?? DropCounters()
    return changes.drops?(right) ?? right
  }

  private func failure(_ error: BackendError) -> BackendError { changes.failure?(error) ?? error }
}

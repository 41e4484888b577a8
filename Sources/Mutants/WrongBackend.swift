internal import NetBackend

/// A backend that passes every call on, but for those that a conforming class gets wrong.
protocol WrongBackend: DropCounting {
  /// The right backend.
  var base: any NetBackend { get }

  /// Wraps a backend that was opened with a request.
  init(_ base: any NetBackend, _ request: OpenRequest)

  /// The request with which the right backend is opened.
  static func adjust(_ request: OpenRequest) throws(BackendError) -> OpenRequest
}

extension WrongBackend {
  static func adjust(_ request: OpenRequest) throws(BackendError) -> OpenRequest { request }

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? {
    try base.send(frame)
  }
  func peekLength() throws(BackendError) -> Int? { try base.peekLength() }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    try base.receive(into: buffers)
  }
  func discard() throws(BackendError) -> Int? { try base.discard() }
  func enableReceive() { base.enableReceive() }
  func disableReceive() { base.disableReceive() }
  func offeredFeatures() throws(BackendError) -> VirtioNetFeatures { try base.offeredFeatures() }
  func setFeatures(_ features: VirtioNetFeatures, headerLength: Int) throws(BackendError) {
    try base.setFeatures(features, headerLength: headerLength)
  }
  var headerLength: Int { base.headerLength }
  func close() { base.close() }
  var drops: DropCounters { (base as? any DropCounting)?.drops ?? DropCounters() }
}

import NetBackend

/// A backend on whose link nothing ever happens.
final class SilentBackend: NetBackend {
  let headerLength = 0

  func send(_ frame: borrowing ScatterGatherList) throws(BackendError) -> Int? { nil }
  func peekLength() throws(BackendError) -> Int? { nil }
  func receive(into buffers: borrowing MutableScatterGatherList) throws(BackendError) -> Int? {
    nil
  }
  func discard() throws(BackendError) -> Int? { nil }
  func enableReceive() {}
  func disableReceive() {}
  func offeredFeatures() throws(BackendError) -> VirtioNetFeatures { [] }
  func setFeatures(_ features: VirtioNetFeatures, headerLength: Int) throws(BackendError) {}
  func close() {}
}

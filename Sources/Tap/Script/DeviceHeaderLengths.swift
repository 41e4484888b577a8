internal import Synchronization

/// The lengths in bytes of the vnet headers that descriptors were set to.
final class DeviceHeaderLengths: Sendable {
  private let lengths = Mutex([Int32: Int]())

  /// The length of a descriptor, 0 until one was set.
  subscript(descriptor: Int32) -> Int {
    get { lengths.withLock { $0[descriptor] ?? 0 } }
    set { lengths.withLock { $0[descriptor] = newValue } }
  }
}

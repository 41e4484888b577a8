/// One open descriptor.
///
/// Source: netmap_kern.h, `struct netmap_priv_d`.
final class KernelDescriptor {
  /// The port, once it is bound.
  var adapter: KernelAdapter?
  /// The rings that it is bound to.
  var rings = BoundRings()
  /// Where its `struct netmap_if` begins in the memory, in bytes.
  var interfaceOffset = 0
  /// Whether polling for frames sends what is waiting.
  var sendsOnPoll = true
  /// What is called when frames arrived.
  var arrivalHook: (@Sendable () -> Void)?
  /// Whether that is to be called already.
  var isAnnounced = false
}

/// The numbers of the rings of each direction.
struct BoundRings {
  var transmit = 0..<0
  var receive = 0..<0
}

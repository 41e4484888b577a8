/// The descriptors whose hooks are to be called once the kernel's lock is free again.
final class ArrivalNotifier {
  /// Whether any descriptor has a hook at all.
  var hasListeners = false
  private var waiting: [KernelDescriptor] = []

  /// Whether a hook has to be called.
  var isPending: Bool { !waiting.isEmpty }

  func enqueue(_ descriptor: KernelDescriptor) {
    guard descriptor.arrivalHook != nil, !descriptor.isAnnounced else { return }
    descriptor.isAnnounced = true
    waiting.append(descriptor)
  }

  /// The next hook, in the order in which frames arrived.
  func next() -> (@Sendable () -> Void)? {
    while !waiting.isEmpty {
      let descriptor = waiting.removeFirst()
      descriptor.isAnnounced = false
      if let hook = descriptor.arrivalHook { return hook }
    }
    return nil
  }
}

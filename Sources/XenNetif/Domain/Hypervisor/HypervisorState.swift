internal import SystemPackage

/// The tables of a simulated hypervisor and its store.
struct HypervisorState {
  var store = StoreState()
  var events = EventState()
  var grants = GrantState()
  var faults: [CallFault] = []
  private var lastDescriptor: Int32 = 2

  /// The next number of a descriptor, of which none is used twice.
  mutating func makeDescriptor() -> Int32 {
    lastDescriptor += 1
    return lastDescriptor
  }

  /// Fails a call if a fault is due for it.
  mutating func check(
    _ call: XenCall,
    by domain: Domain,
    path: String? = nil
  ) throws(Errno) {
    guard !faults.isEmpty else { return }
    guard let index = faults.firstIndex(where: { $0.concerns(call, domain, path) }) else { return }
    if faults[index].schedule.isDue() { throw faults[index].error }
  }
}

/// What one domain asks of a simulated hypervisor, over one connection to the store.
///
/// Descriptors are numbers that ``SimulatedHypervisor/isReadable(_:)`` knows.
public struct SimulatedXenPort: XenPort {
  /// The hypervisor that the calls go to.
  public let hypervisor: SimulatedHypervisor
  /// The domain that makes them.
  public let domain: Domain
  /// The descriptor that is readable while there is a watch event to be taken.
  public let storeDescriptor: Int32

  init(hypervisor: SimulatedHypervisor, domain: Domain, storeDescriptor: Int32) {
    self.hypervisor = hypervisor
    self.domain = domain
    self.storeDescriptor = storeDescriptor
  }
}
